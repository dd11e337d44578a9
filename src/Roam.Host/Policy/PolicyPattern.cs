using System.Globalization;
using System.Net;

namespace Roam.Host;

/// <summary>
/// Where a rule applies: HOST:PORT, PORT alone, or unix:PATH. A star in the host or the path stands for any characters, as a port for every one; a port may be a range.
/// A name is compared as the client wrote it, not by what it resolves to, as sshd's PermitOpen does.
/// </summary>
internal sealed class PolicyPattern
{
    private const string Unix = "unix:";
    private const string Loopback = "localhost";

    private string _host = "*";
    private int _portLow;
    private int _portHigh = ushort.MaxValue;
    private string? _path;

    /// <summary>False: the text is none.</summary>
    public static bool TryParse(string text, out PolicyPattern pattern)
    {
        pattern = new PolicyPattern();
        if (text.StartsWith(Unix, StringComparison.Ordinal))
        {
            pattern._path = text[Unix.Length..];
            return pattern._path.StartsWith('/') || pattern._path == "*";
        }

        return TrySplit(text, out string host, out string port) && pattern.TrySetPorts(port) && pattern.TrySetHost(host);
    }

    /// <summary>The target as it stands in the stream's opening: tcp:HOST:PORT, udp:HOST:PORT or unix:PATH.</summary>
    public bool Matches(string target)
    {
        if (target.StartsWith(Unix, StringComparison.Ordinal))
        {
            // Without "/../" and the like: a permitted folder is not to lead out of itself. (It may by links in it.)
            string path = target[Unix.Length..];
            return _path is not null && path.StartsWith('/') && IsLike(Path.GetFullPath(path), _path);
        }

        int colon = target.IndexOf(':', StringComparison.Ordinal);
        return _path is null
            && TrySplit(target[(colon + 1)..], out string host, out string portText)
            && int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port >= _portLow && port <= _portHigh
            && MatchesHost(host);
    }

    private bool MatchesHost(string host)
    {
        string canonical = Canonical(host);

        // A listener without an address is on the loopback ones, whichever the rule names.
        return IsLike(canonical, _host) || (_host == Loopback && IPAddress.TryParse(canonical, out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    private static string Canonical(string host)
    {
        if (host.Length == 0)
        {
            return Loopback;
        }

        return IPAddress.TryParse(host, out IPAddress? address) ? address.ToString() : host.TrimEnd('.').ToLowerInvariant();
    }

    private bool TrySetHost(string host)
    {
        _host = host.Length == 0 ? "*" : Canonical(host);
        return true;
    }

    private bool TrySetPorts(string text)
    {
        if (text == "*")
        {
            return true;
        }

        int dash = text.IndexOf('-', StringComparison.Ordinal);
        string low = dash < 0 ? text : text[..dash];
        string high = dash < 0 ? text : text[(dash + 1)..];
        return TryPort(low, out _portLow) && TryPort(high, out _portHigh) && _portLow <= _portHigh;
    }

    private static bool TryPort(string text, out int port) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;

    /// <summary>HOST:PORT, [IPV6]:PORT, or a port alone.</summary>
    private static bool TrySplit(string text, out string host, out string port)
    {
        int colon = text.LastIndexOf(':');
        host = colon < 0 ? "" : text[..colon];
        port = text[(colon + 1)..];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
            return true;
        }

        return port.Length > 0 && !host.Contains(':', StringComparison.Ordinal);
    }

    /// <summary>Stars match any run of characters. With several of them this looks back to the last one only, so it takes no more than length times length steps.</summary>
    private static bool IsLike(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        int at = 0;
        int textAt = 0;
        int star = -1;
        int starText = 0;
        while (textAt < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                starText = textAt;
            }
            else if (at < pattern.Length && pattern[at] == text[textAt])
            {
                at++;
                textAt++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                textAt = ++starText;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].Trim('*').IsEmpty;
    }
}
