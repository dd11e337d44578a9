namespace Roam.Transport;

/// <summary>One frame as read. Which fields are set depends on the type.</summary>
internal ref struct StreamFrame
{
    internal FrameType Type { get; set; }

    internal ulong Id { get; set; }

    /// <summary>STREAM: of the first byte. RESET: how many bytes were sent. ACK: the largest number.</summary>
    internal ulong Offset { get; set; }

    /// <summary>The limit of MAX_*; the kind of OPEN; the reason of RESET, STOP and REFUSED; the delay of ACK in microseconds.</summary>
    internal ulong Value { get; set; }

    internal bool IsFinal { get; set; }

    /// <summary>STREAM, DATAGRAM: the bytes. OPEN: the target. REFUSED: the text. ACK: the ranges, checked, for <see cref="AckRanges"/>.</summary>
    internal ReadOnlySpan<byte> Data { get; set; }
}
