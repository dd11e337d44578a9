using System.Globalization;

namespace Roam.Cli;

/// <summary>One host of a ProxyJump list (ssh_config(5)): `[user@]host[:port]`, an IPv6 address in brackets, or the same as ssh:// URI.</summary>
internal sealed record JumpHost(string? User, string Host, int? Port)
{
    private const string Scheme = "ssh://";

    /// <summary>In the order of the way. Null: it is not understood.</summary>
    public static List<JumpHost>? ParseList(string text)
    {
        List<JumpHost> jumps = [];
        foreach (string word in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (TryParse(word) is not { } jump)
            {
                return null;
            }

            jumps.Add(jump);
        }

        return jumps;
    }

    /// <summary>As -J reads it.</summary>
    public override string ToString()
    {
        string host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return (User is null ? "" : User + "@") + host + (Port is { } port ? ":" + port.ToString(CultureInfo.InvariantCulture) : "");
    }

    private static JumpHost? TryParse(string word)
    {
        string rest = word.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? word[Scheme.Length..].TrimEnd('/') : word;

        // A user's name may have an @ of its own: the last one counts, as for ssh.
        int at = rest.LastIndexOf('@');
        string? user = at > 0 ? rest[..at] : null;
        rest = rest[(at + 1)..];
        int bracket = rest.StartsWith('[') ? rest.IndexOf(']', StringComparison.Ordinal) : -1;
        int colon = bracket >= 0 ? rest.IndexOf(':', bracket) : rest.IndexOf(':', StringComparison.Ordinal);
        bool isBareIPv6 = bracket < 0 && colon >= 0 && rest.IndexOf(':', colon + 1) > 0;
        string host = bracket >= 0 ? rest[1..bracket] : colon < 0 || isBareIPv6 ? rest : rest[..colon];
        if (host.Length == 0 || host[0] == '-')
        {
            return null;
        }

        if (colon < 0 || isBareIPv6)
        {
            return new JumpHost(user, host, null);
        }

        return PortRange.TryParsePort(rest.AsSpan(colon + 1), out int port, out _) && port > 0 ? new JumpHost(user, host, port) : null;
    }
}
