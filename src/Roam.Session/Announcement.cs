using System.Text;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>What a peer says of itself in hello or welcome. Immutable, so that one object serves all states of a session.</summary>
public sealed class Announcement
{
    /// <summary>Of the announcement, not of the program. A higher one of the peer means fields that this version does not know.</summary>
    public const uint OwnVersion = 1;

    /// <summary>What is over is cut off.</summary>
    public const int SoftwareBytesMax = 64;

    private readonly byte[] _software;
    private readonly byte[] _terminal;

    private Announcement(uint version, FeatureSet features, ReadOnlySpan<byte> software, byte[] terminal)
    {
        _terminal = terminal;
        Version = version;
        Features = features;
        _software = Sanitized(software);
        Software = Encoding.ASCII.GetString(_software);
    }

    /// <summary>What this program offers.</summary>
    public static Announcement Own { get; } = new(OwnVersion, FeatureSet.Of(Feature.ScreenExtras, Feature.History, Feature.Streams, Feature.ExitStatus, Feature.LossReport, Feature.FarTerminal, Feature.Paths, Feature.Channels), Encoding.ASCII.GetBytes($"roam {BuildVersion.Number}"), []);

    public uint Version { get; }

    /// <summary>In hello what the client offers, in welcome what both have.</summary>
    public FeatureSet Features { get; }

    /// <summary>For reports to a person only; printable ASCII, at most <see cref="SoftwareBytesMax"/> characters. Nothing is decided by it.</summary>
    public string Software { get; }

    /// <summary>What the client says of the user's terminal, null when it says nothing.</summary>
    public ClientTerminal? Terminal { get; private init; }

    /// <summary>As it goes on the wire: a view, nothing is allocated.</summary>
    internal AnnouncementMessage Message => new() { Version = Version, FeatureBits = Features.Bits, Software = _software, Terminal = _terminal };

    public static bool AreSame(Announcement? a, Announcement? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.Version == b.Version && a.Features == b.Features && a.Software == b.Software);

    internal static Announcement From(in AnnouncementMessage message) => new(message.Version, new FeatureSet(message.FeatureBits), message.Software, [])
    {
        Terminal = message.Terminal.IsEmpty ? null : TerminalCodec.Decode(message.Terminal),
    };

    /// <summary>The client's hello.</summary>
    internal static Announcement HelloOf(ClientTerminal? terminal) =>
        terminal is null ? Own : new Announcement(Own.Version, Own.Features, Own._software, TerminalCodec.Encode(terminal)) { Terminal = terminal };

    /// <summary>This program, offering less.</summary>
    internal Announcement Without(params ReadOnlySpan<Feature> features) => new(Version, new FeatureSet(Features.Bits & ~FeatureSet.Of(features).Bits), _software, _terminal) { Terminal = Terminal };

    /// <summary>The server's answer to hello: what both have.</summary>
    internal Announcement WelcomeTo(Announcement hello) => new(OwnVersion, Features.CommonWith(hello.Features), _software, []);

    internal bool Says(in AnnouncementMessage message) =>
        message.Version == Version && message.FeatureBits == Features.Bits && message.Software.SequenceEqual(_software);

    /// <summary>It may end on a terminal: no control characters, and nothing whose width or direction is a question.</summary>
    private static byte[] Sanitized(ReadOnlySpan<byte> text)
    {
        byte[] software = text[..Math.Min(text.Length, SoftwareBytesMax)].ToArray();
        foreach (ref byte b in software.AsSpan())
        {
            b = b is >= (byte)' ' and <= (byte)'~' ? b : (byte)'?';
        }

        return software;
    }
}
