using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// One end of a forward, to listen at or to connect to: a TCP port of a host, or a unix socket. Its text on the wire is "tcp:HOST:PORT" (IPv6 in brackets), "unix:PATH" or
/// "udp:HOST:PORT" (docs/protocol.md, section 8).
/// </summary>
public sealed record ForwardPlace
{
    /// <summary>As a bind address: every address of the machine.</summary>
    public const string Anywhere = "*";

    private const string Tcp = "tcp:";
    private const string Udp = "udp:";
    private const string Unix = "unix:";
    private const int PortMax = 65535;

    /// <summary>sockaddr_un's path with its zero byte (unix(7)).</summary>
    private const int PathBytesMax = 107;

    /// <summary>Empty as a bind address: loopback. Meaningless when there is a path.</summary>
    public string Host { get; private init; } = "";

    public int Port { get; private init; }

    /// <summary>Null: a port.</summary>
    public string? Path { get; private init; }

    public bool IsUdp { get; private init; }

    public static ForwardPlace OfPort(string host, int port, bool isUdp = false) => new() { Host = host, Port = port, IsUdp = isUdp };

    public static ForwardPlace OfPath(string path) => new() { Path = path };

    /// <summary>A number up to 65535.</summary>
    public static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= PortMax;

    public static bool IsPathGood(string path) => path.Length > 1 && path[0] == '/' && !path.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(path) <= PathBytesMax;

    /// <summary>No resolver's business is asked about other characters: they would only confuse the sentence that names the host.</summary>
    public static bool IsHostGood(string host)
    {
        const int HostBytesMax = 240;
        foreach (char c in host)
        {
            if (c is <= ' ' or '\x7F' or '[' or ']' or '/')
            {
                return false;
            }
        }

        return Encoding.UTF8.GetByteCount(host) <= HostBytesMax;
    }

    /// <summary>Reads the text of the wire; false for anything else. It comes from the peer.</summary>
    public static bool TryParse(ReadOnlySpan<byte> wire, out ForwardPlace place)
    {
        place = new ForwardPlace();
        if (wire.Length > StreamLimits.TargetBytesMax)
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(wire);
        if (text.StartsWith(Unix, StringComparison.Ordinal))
        {
            place = OfPath(text[Unix.Length..]);
            return IsPathGood(place.Path!);
        }

        bool isUdp = text.StartsWith(Udp, StringComparison.Ordinal);
        int colon = text.LastIndexOf(':');
        if ((!isUdp && !text.StartsWith(Tcp, StringComparison.Ordinal)) || colon < Tcp.Length || !TryParsePort(text[(colon + 1)..], out int port))
        {
            return false;
        }

        string host = text[Tcp.Length..colon];
        host = host is ['[', .., ']'] ? host[1..^1] : host;
        place = OfPort(host, port, isUdp);
        return IsHostGood(host);
    }

    public string ToWire() => Path is { } path ? Unix + path : (IsUdp ? Udp : Tcp) + ToString();

    /// <summary>"localhost:80", "[::1]:80" or a path.</summary>
    public override string ToString() =>
        Path ?? (Host.Contains(':', StringComparison.Ordinal) ? "[" + Host + "]" : Host) + ":" + Port.ToString(CultureInfo.InvariantCulture);
}
