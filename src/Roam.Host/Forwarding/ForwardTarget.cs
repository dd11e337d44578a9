using System.Globalization;
using System.Text;

namespace Roam.Host;

/// <summary>Where to connect or listen, as the streams' targets say it: `tcp:HOST:PORT`, `udp:HOST:PORT` (an IPv6 address in brackets) or `unix:PATH`.</summary>
public sealed class ForwardTarget
{
    public const int PortMax = 65535;
    private const string Tcp = "tcp:";
    private const string Udp = "udp:";
    private const string Unix = "unix:";

    private ForwardTarget(string host, int port, string? path, bool isUdp) => (Host, Port, Path, IsUdp) = (host, port, path, isUdp);

    /// <summary>A name or an address, without brackets. Of a listener: empty is loopback, `*` all addresses.</summary>
    public string Host { get; }

    public int Port { get; }

    /// <summary>Of a unix socket; null: TCP or UDP.</summary>
    public string? Path { get; }

    public bool IsUdp { get; }

    /// <summary>For people: `localhost:80`, `[::1]:80`, `/run/some.sock`.</summary>
    public string Shown => Path ?? string.Create(CultureInfo.InvariantCulture, $"{Bracketed}:{Port}");

    /// <summary>For the wire.</summary>
    public string Text => (Path is null ? IsUdp ? Udp : Tcp : Unix) + Shown;

    private string Bracketed => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    public static ForwardTarget OfTcp(string host, int port) => new(host, port, null, isUdp: false);

    public static ForwardTarget OfUdp(string host, int port) => new(host, port, null, isUdp: true);

    public static ForwardTarget OfUnix(string path) => new("", 0, path, isUdp: false);

    /// <summary>From the wire. False: it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> wire, out ForwardTarget target)
    {
        string text = Encoding.UTF8.GetString(wire);
        target = OfUnix("");
        if (text.AsSpan().ContainsAnyInRange('\0', '\u001F'))
        {
            return false;
        }

        if (text.StartsWith(Unix, StringComparison.Ordinal))
        {
            target = OfUnix(text[Unix.Length..]);
            return target.Path is ['/', _, ..];
        }

        bool isUdp = text.StartsWith(Udp, StringComparison.Ordinal);
        if (!isUdp && !text.StartsWith(Tcp, StringComparison.Ordinal))
        {
            return false;
        }

        string rest = text[Tcp.Length..];
        int colon = rest.LastIndexOf(':');
        if (colon < 0 || !TryParsePort(rest[(colon + 1)..], out int port))
        {
            return false;
        }

        string host = rest[..colon];
        host = host is ['[', .., ']'] ? host[1..^1] : host;
        target = new ForwardTarget(host, port, null, isUdp);
        return true;
    }

    public static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= PortMax;
}
