namespace Roam.Transport;

/// <summary>An authentic datagram of the peer. The fragment is a view into the codec's buffer, valid until the next one is opened.</summary>
internal readonly ref struct OpenedDatagram
{
    internal ulong Sequence { get; init; }

    internal ushort Timestamp { get; init; }

    internal ushort TimestampReply { get; init; }

    internal ReadOnlySpan<byte> Fragment { get; init; }
}
