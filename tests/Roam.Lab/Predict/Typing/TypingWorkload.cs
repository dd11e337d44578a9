using System.Reflection;

namespace Roam.Lab;

/// <summary>
/// A person's work with one program: how it is started, and what is typed (Predict/Workloads/NAME.keys; the form is told at <see cref="WorkloadParser"/>).
/// It is played by a <see cref="Typist"/>.
/// </summary>
internal sealed record TypingWorkload
{
    public const int Width = 80;

    public const int Height = 24;

    private const string Suffix = ".keys";

    public required string Name { get; init; }

    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Programs that must be installed.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>NAME=VALUE, beside the plain environment that every workload has.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Files of the private home, which is the working directory, too.</summary>
    public IReadOnlyList<(string Name, string Content)> Files { get; init; } = [];

    /// <summary>Lines of a shell script that runs at home before the program starts.</summary>
    public IReadOnlyList<string> Setup { get; init; } = [];

    /// <summary>What must run beside the program: "sshd", on the loopback.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public required IReadOnlyList<TypingStep> Steps { get; init; }

    public int KeyCount => Steps.Sum(s => s.Keys.Count);

    /// <summary>The first of the needed programs that is not installed; null: all are.</summary>
    public string? Missing => Needs.FirstOrDefault(n => !IsInstalled(n));

    /// <summary>Another pace for each: the name is part of the seed.</summary>
    public ulong PaceSeed(ulong seed) => seed + ((ulong)Name.Sum(c => c) * 1000);

    /// <summary>Those that are part of the laboratory, by name.</summary>
    public static IReadOnlyList<TypingWorkload> All() =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.EndsWith(Suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(LoadEmbedded)];

    /// <summary>All files NAME.keys of a folder.</summary>
    public static IReadOnlyList<TypingWorkload> In(string folder) =>
        [.. Directory.GetFiles(folder, "*" + Suffix).Order(StringComparer.Ordinal).Select(f => WorkloadParser.Parse(Path.GetFileNameWithoutExtension(f), File.ReadAllText(f)))];

    private static TypingWorkload LoadEmbedded(string resource)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return WorkloadParser.Parse(resource[..^Suffix.Length], reader.ReadToEnd());
    }

    private static bool IsInstalled(string program) =>
        program.Contains('/') ? File.Exists(program) : WorkloadHome.SearchPath.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
