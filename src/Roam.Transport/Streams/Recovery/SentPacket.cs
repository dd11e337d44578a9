namespace Roam.Transport;

/// <summary>A datagram that asks for an acknowledgement, until that comes.</summary>
internal struct SentPacket
{
    internal ulong Number;
    internal Instant SentAt;
    internal PacketFate Fate;

    /// <summary>More could have been sent, but for the window and the pace.</summary>
    internal bool IsFull;

    /// <summary>No other could have been sent beside it.</summary>
    internal bool FillsWindow;

    /// <summary>Bytes of a stream for which somebody waits: of a channel.</summary>
    internal bool IsAwaited;

    /// <summary>On the wire, with all headers.</summary>
    internal int WireBytes;

    /// <summary>An acknowledgement in it, of datagrams up to this number; 0: none.</summary>
    internal ulong AckedTop;

    /// <summary>Bytes acknowledged in all when it left, when the last of them were, and when the datagram that brought that left: from them comes the rate at which the path delivers.</summary>
    internal long Delivered;
    internal Instant DeliveredAt;
    internal Instant FirstSentAt;

    internal int FrameCount;
    internal SentFrames Frames;

    internal readonly bool CanTakeFrame => FrameCount < SentFrames.Max;

    internal void Add(in SentFrame frame) => Frames[FrameCount++] = frame;
}
