using System.Runtime.CompilerServices;

namespace Roam.Tests.House;

/// <summary>The checked-out tree, found from this file's own place at compile time or, when paths are mapped away, from the working directory upwards.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> CSharpFiles(string under) =>
        Directory.EnumerateFiles(Path.Combine(Root, under), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static bool IsGenerated(string file) => file.EndsWith(".g.cs", StringComparison.Ordinal);

    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        foreach (string? start in (string?[])[Path.GetDirectoryName(here), Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            string? folder = start;
            for (; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "Roam.slnx")))
                {
                    return folder;
                }
            }
        }

        throw new InvalidOperationException("The source tree was not found: run the tests from inside a clone.");
    }
}
