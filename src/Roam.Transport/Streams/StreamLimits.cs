namespace Roam.Transport;

/// <summary>The named bounds of streams (docs/protocol.md, section 8), and what happens at each. Both ends know the initial ones, so none is negotiated.</summary>
public static class StreamLimits
{
    /// <summary>Written and not yet acknowledged bytes of one stream; <see cref="StreamSet.Write"/> takes no more until some are.</summary>
    public const int SendBytesMax = 64 * 1024;

    /// <summary>Bytes of one stream beyond those the reader consumed; what the peer sends beyond is ignored and counted.</summary>
    public const int StreamWindowBytes = 256 * 1024;

    /// <summary>The same for all streams together.</summary>
    public const int ConnectionWindowBytes = 1024 * 1024;

    /// <summary>Memory for what was received, of all streams together: unread bytes in buffers that grow by doubling, and the buffers that are kept.</summary>
    public const int BytesHeldMax = (2 * ConnectionWindowBytes) + (StreamsMax * ReceiveBuffer.BytesKept);

    /// <summary>A window is not raised by less.</summary>
    public const int RaiseBytesMin = 4096;

    /// <summary>Streams open at once, of both ends together: opening one more fails; the peer's beyond its own share of this many are ignored and counted.</summary>
    public const int StreamsMax = 64;

    /// <summary>Streams of one end at once: each end may open so many without asking.</summary>
    public const int StreamsOfOneEndMax = StreamsMax / 2;

    /// <summary>Target of an OPEN frame; a longer one makes its datagram malformed from there on, and cannot be opened here.</summary>
    public const int TargetBytesMax = 256;

    /// <summary>The sentence of a REFUSED frame; here it is cut, a longer one makes its datagram malformed from there on.</summary>
    public const int RefusalBytesMax = 200;

    /// <summary>Stretches of one stream that came before what is missing. At the limit a datagram is not taken and not acknowledged: it comes again.</summary>
    public const int AheadRangesMax = 1024;

    /// <summary>Stretches of one stream to be sent again, or acknowledged out of order. At the limit some bytes are sent once more than needed.</summary>
    public const int ResendRangesMax = 256;

    /// <summary>Stretches of datagram numbers kept for acknowledgements. At the limit the oldest are forgotten, and count as arrived long ago.</summary>
    public const int AckRangesKept = 64;

    /// <summary>Stretches in one ACK frame, the newest first.</summary>
    public const int AckRangesSent = 32;

    /// <summary>Datagrams remembered until they are acknowledged or lost. At the limit nothing but acknowledgements goes.</summary>
    public const int PacketsInFlightMax = 1024;

    /// <summary>An acknowledgement waits so long for company, or for a second datagram.</summary>
    public const long AckDelayMillis = 25;
    public const int DatagramsForAck = 2;

    /// <summary>The longest pause between two probes of a silent path, however long the silence.</summary>
    public const long ProbePauseMillisMax = 15_000;

    /// <summary>A longer round trip is a peer that slept, not a path.</summary>
    public const long RoundTripMillisMax = 20_000;
}
