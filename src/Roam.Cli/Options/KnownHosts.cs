namespace Roam.Cli;

/// <summary>Hosts worth proposing when a shell completes `roam h`: the plain names of Host lines in ~/.ssh/config.</summary>
internal static class KnownHosts
{
    /// <summary>A completion list longer than this helps nobody, and a file longer than this is no configuration.</summary>
    private const int NamesMax = 500;
    private const long FileBytesMax = 1024 * 1024;

    public static IEnumerable<string> Names()
    {
        FileInfo file = new(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh", "config"));
        try
        {
            return file.Exists && file.Length <= FileBytesMax ? FromConfig(File.ReadLines(file.FullName)) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Patterns and negations are no names to go to.</summary>
    public static List<string> FromConfig(IEnumerable<string> lines) =>
    [
        .. lines.Select(l => l.Trim().Split([' ', '\t', '='], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words[0].Equals("Host", StringComparison.OrdinalIgnoreCase))
            .SelectMany(words => words.Skip(1))
            .Where(name => !name.AsSpan().ContainsAny("*?!\"#"))
            .Distinct(StringComparer.Ordinal)
            .Take(NamesMax),
    ];
}
