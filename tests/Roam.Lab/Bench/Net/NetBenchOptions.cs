using System.Globalization;

namespace Roam.Lab;

/// <summary>What `bench net` was asked to do.</summary>
internal sealed record NetBenchOptions
{
    public const string Usage =
        "usage: Roam.Lab bench net [--scenario NAME[,NAME...]] [--keys N] [--seed N] [--predict never|adaptive|always] [--no-ssh] [--svg FILE] [--markdown FILE]\n"
        + "                          [[--pairs] NAME=SERVER,CLIENT ...]";

    public IReadOnlyList<INetScenario> Scenarios { get; init; } = NetScenarios.All;

    public IReadOnlyList<SessionPair> Pairs { get; init; } =
    [
        new("mosh", "mosh-server", "mosh-client"),
        new("roam", "out/mosh-server", "out/mosh-client"),
        new("roam-server", "out/mosh-server", "mosh-client"),
        new("roam-client", "mosh-server", "out/mosh-client"),
    ];

    public int Keys { get; init; } = 200;

    public ulong Seed { get; init; } = 1;

    public string Predict { get; init; } = "never";

    public bool Ssh { get; init; } = true;

    public string? SvgFile { get; init; }

    public string? MarkdownFile { get; init; }

    /// <summary>The pair that others are compared with.</summary>
    public string Stock => (Pairs.FirstOrDefault(p => p.Name == "mosh") ?? Pairs[0]).Name;

    /// <summary>Null: said why on standard error.</summary>
    public static NetBenchOptions? TryParse(ReadOnlySpan<string> args)
    {
        NetBenchOptions options = new();
        List<SessionPair> pairs = [];
        for (int i = 0; i < args.Length; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            NetBenchOptions? taken = args[i] switch
            {
                "--scenario" when NetScenarios.Find(value) is { } scenarios => options with { Scenarios = scenarios },
                "--keys" when int.TryParse(value, CultureInfo.InvariantCulture, out int keys) && keys > 0 => options with { Keys = keys },
                "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong seed) => options with { Seed = seed },
                "--predict" when value is "never" or "adaptive" or "always" => options with { Predict = value },
                "--svg" when value.Length > 0 => options with { SvgFile = value },
                "--markdown" when value.Length > 0 => options with { MarkdownFile = value },
                _ => null,
            };
            if (taken is not null)
            {
                options = taken;
                i++;
            }
            else if (args[i] == "--no-ssh")
            {
                options = options with { Ssh = false };
            }
            else if (SessionPair.TryParse(args[i]) is { } pair)
            {
                pairs.Add(pair);
            }
            else if (args[i] != "--pairs")
            {
                Console.Error.WriteLine($"bench net: '{args[i]} {value}' is not understood\n{Usage}\nscenarios: {string.Join(' ', NetScenarios.All.Select(s => s.Name))}\ngroups: {string.Join(' ', NetScenarios.All.Select(s => s.Group).Distinct())}");
                return null;
            }
        }

        return pairs.Count == 0 ? options : options with { Pairs = pairs };
    }
}
