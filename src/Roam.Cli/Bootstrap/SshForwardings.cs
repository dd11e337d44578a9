namespace Roam.Cli;

/// <summary>LocalForward, RemoteForward and DynamicForward as `ssh -G` prints them, turned into what -L, -R and -D take.</summary>
internal static class SshForwardings
{
    private const string Local = "localforward";
    private const string Remote = "remoteforward";
    private const string Dynamic = "dynamicforward";

    /// <summary>How ssh prints a RemoteForward that has no target: the far side speaks SOCKS.</summary>
    private const string Socks = "[socks]:0";

    public static bool IsForwarding(string name) =>
        name.Equals(Local, StringComparison.OrdinalIgnoreCase) || name.Equals(Remote, StringComparison.OrdinalIgnoreCase) || name.Equals(Dynamic, StringComparison.OrdinalIgnoreCase);

    /// <summary>Pairs of words: L, R or D, and the forwarding.</summary>
    /// <param name="lines">Names in small letters, and what followed them.</param>
    public static List<string> Words(IReadOnlyList<(string Name, string Value)> lines)
    {
        List<string> words = [];
        foreach ((string name, string value) in lines)
        {
            string[] parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (name)
            {
                case Local when parts.Length == 2:
                    words.AddRange(["L", $"{Listened(parts[0])}:{Target(parts[1])}"]);
                    break;
                case Remote when parts.Length == 2:
                    words.AddRange(["R", parts[1] == Socks ? Listened(parts[0]) : $"{Listened(parts[0])}:{Target(parts[1])}"]);
                    break;
                case Dynamic when parts.Length == 1 && !IsLocalToo(lines, parts[0]):
                    words.AddRange(["D", Listened(parts[0])]);
                    break;
            }
        }

        return words;
    }

    /// <summary>OpenSSH (9.2 at least) prints a LocalForward to a socket's path among the dynamic ones as well.</summary>
    private static bool IsLocalToo(IReadOnlyList<(string Name, string Value)> lines, string listened) =>
        lines.Any(line => line.Name == Local && line.Value.StartsWith(listened + " ", StringComparison.Ordinal));

    /// <summary>An empty address is every one: `[]:80` is `*:80`.</summary>
    private static string Listened(string text) => text.StartsWith("[]:", StringComparison.Ordinal) ? "*" + text[2..] : Target(text);

    /// <summary>`[localhost]:80` is `localhost:80`: the brackets are an IPv6 address's only.</summary>
    private static string Target(string text)
    {
        int end = text.IndexOf("]:", StringComparison.Ordinal);
        return text.StartsWith('[') && end > 0 && !text[1..end].Contains(':', StringComparison.Ordinal) ? text[1..end] + text[(end + 1)..] : text;
    }
}
