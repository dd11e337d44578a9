using System.Text;

namespace Roam.Host;

/// <summary>
/// What -L, -R and -D say (ssh(1)): `[bind:]port:host:hostport`, `[bind:]port:/path`, `/path:host:hostport`, `/path:/path`, and for -D, or -R without a target, `[bind:]port`. IPv6 addresses in
/// brackets. A blank separates as a colon does, which is how ssh_config(5) and `ssh -G` write it. `udp:` before a -L means datagrams.
/// </summary>
public sealed class ForwardSpec
{
    private const string UdpPrefix = "udp:";

    /// <summary>What `ssh -G` prints as the target of a -R that has none.</summary>
    private const string SocksHost = "socks";
    private const int PartsMax = 4;

    private ForwardSpec(ForwardKind kind, string text, ForwardTarget listen, ForwardTarget? target) => (Kind, Text, Listen, Target) = (kind, text, listen, target);

    public ForwardKind Kind { get; }

    /// <summary>As the user wrote it.</summary>
    public string Text { get; }

    public ForwardTarget Listen { get; }

    /// <summary>Null: whoever connects says it, by SOCKS.</summary>
    public ForwardTarget? Target { get; }

    public bool IsUdp => Listen.IsUdp;

    /// <summary>The option's letter.</summary>
    public char Letter => Kind switch
    {
        ForwardKind.Local => 'L',
        ForwardKind.Remote => 'R',
        _ => 'D',
    };

    /// <summary>The letter and the words of an option. False: error is for the user.</summary>
    public static bool TryParse(char letter, string text, out ForwardSpec spec, out string error)
    {
        ForwardKind kind = letter switch
        {
            'L' => ForwardKind.Local,
            'R' => ForwardKind.Remote,
            _ => ForwardKind.Dynamic,
        };
        spec = new ForwardSpec(kind, text, ForwardTarget.OfTcp("", 0), null);
        error = $"bad forward -{letter} \"{text}\": ";
        bool isUdp = kind == ForwardKind.Local && text.StartsWith(UdpPrefix, StringComparison.Ordinal);
        if (!TrySplit(isUdp ? text[UdpPrefix.Length..] : text, out List<string> parts))
        {
            error += "a bracket is left open";
            return false;
        }

        int listenParts = ListenPartsOf(kind, parts);
        if (listenParts == 0)
        {
            error += kind == ForwardKind.Dynamic ? "[bind_address:]port is needed" : "[bind_address:]port:host:hostport, or a path for either end, is needed";
            return false;
        }

        if (!TryEnd(parts, 0, listenParts, isUdp, out ForwardTarget listen, ref error))
        {
            return false;
        }

        if (listenParts == parts.Count || IsSocks(kind, parts, listenParts))
        {
            spec = new ForwardSpec(kind, text, listen, null);
            error = "";
            return true;
        }

        if (!TryEnd(parts, listenParts, parts.Count, isUdp, out ForwardTarget target, ref error))
        {
            return false;
        }

        if (target is { Path: null, Port: 0 } or { Path: null, Host: "" } || (isUdp && (listen.Path ?? target.Path) is not null))
        {
            error += isUdp ? "datagrams go to a host and a port" : "a host and its port are needed";
            return false;
        }

        spec = new ForwardSpec(kind, text, listen, target);
        error = "";
        return true;
    }

    private static bool IsSocks(ForwardKind kind, List<string> parts, int listenParts) =>
        kind == ForwardKind.Remote && parts.Count == listenParts + 2 && parts[listenParts] == SocksHost && parts[^1] == "0";

    /// <summary>How many of the parts say where to listen; 0: they make no sense.</summary>
    private static int ListenPartsOf(ForwardKind kind, List<string> parts)
    {
        bool isPathFirst = IsPath(parts[0]);
        bool isPathLast = parts.Count > 1 && IsPath(parts[^1]);
        if (kind == ForwardKind.Dynamic)
        {
            return parts.Count == (isPathFirst ? 1 : 2) || parts.Count == 1 ? parts.Count : 0;
        }

        if (isPathFirst)
        {
            return parts.Count == 3 || isPathLast || (parts.Count == 1 && kind == ForwardKind.Remote) ? 1 : 0;
        }

        if (isPathLast)
        {
            return parts.Count is 2 or 3 ? parts.Count - 1 : 0;
        }

        return parts.Count switch
        {
            1 or 2 when kind == ForwardKind.Remote => parts.Count,
            3 => 1,
            4 => 2,
            _ => 0,
        };
    }

    private static bool IsPath(string part) => part is ['/', ..];

    /// <summary>A path; a port; or a host and a port. A bind address that is there and empty is the same as `*`.</summary>
    private static bool TryEnd(List<string> parts, int from, int to, bool isUdp, out ForwardTarget end, ref string error)
    {
        string last = parts[to - 1];
        if (to - from == 1 && IsPath(last))
        {
            end = ForwardTarget.OfUnix(last);
            return true;
        }

        string host = to - from == 1 ? "" : parts[to - 2];
        host = host.Length == 0 && to - from > 1 && from == 0 ? "*" : host;
        bool isPort = ForwardTarget.TryParsePort(last, out int port);
        end = isUdp ? ForwardTarget.OfUdp(host, port) : ForwardTarget.OfTcp(host, port);
        error += isPort ? "" : $"\"{last}\" is no port";
        return isPort;
    }

    /// <summary>At colons and blanks outside brackets; a backslash takes the next character as it is. False: a bracket is left open.</summary>
    private static bool TrySplit(string text, out List<string> parts)
    {
        parts = [];
        StringBuilder part = new();
        bool isBracketed = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                part.Append(text[++i]);
            }
            else if (c is '[' or ']')
            {
                isBracketed = c == '[';
            }
            else if (!isBracketed && (c is ':' or ' ' or '\t'))
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        parts.Add(part.ToString());
        return !isBracketed && parts.Count <= PartsMax + 1;
    }
}
