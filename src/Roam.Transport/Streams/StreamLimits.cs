namespace Roam.Transport;

/// <summary>The named bounds of streams (docs/protocol.md, section 8), and what happens at each. Both ends know the initial ones, so none is negotiated.</summary>
public static class StreamLimits
{
    /// <summary>Written and not yet acknowledged bytes of one stream; <see cref="StreamSet.Write"/> takes no more until some are.</summary>
    public const int SendBytesMax = 4 * 1024 * 1024;

    /// <summary>The same for all streams together.</summary>
    public const int SendBytesAllMax = 16 * 1024 * 1024;

    /// <summary>
    /// Of them bytes that were not sent yet: what the path takes in so many milliseconds, shared by the streams that wait, between these two. More would be time that somebody waits after he
    /// interrupted a program. Streams of the session itself count their own bytes, and have a flat limit.
    /// </summary>
    public const long UnsentMillis = 100;
    public const int UnsentBytesMin = 8 * 1024;
    public const int UnsentBytesMax = 512 * 1024;
    public const int UnsentBytesOfSession = 64 * 1024;

    /// <summary>Bytes of one stream beyond those the reader consumed; what the peer sends beyond is ignored and counted. It doubles with use, up to the second.</summary>
    public const int StreamWindowBytes = 256 * 1024;
    public const int StreamWindowBytesMax = 4 * 1024 * 1024;

    /// <summary>The same for all streams together.</summary>
    public const int ConnectionWindowBytes = 1024 * 1024;
    public const int ConnectionWindowBytesMax = 16 * 1024 * 1024;

    /// <summary>Buffers that no stream has at the moment; more are given back.</summary>
    public const int PooledBytesMax = 8 * 1024 * 1024;

    /// <summary>Datagrams of one stream that wait, in each direction; the oldest are dropped.</summary>
    public const int DatagramBytesQueuedMax = 32 * 1024;

    /// <summary>Of all streams, both directions together; the newest is dropped.</summary>
    public const int DatagramBytesQueuedAllMax = 2 * 1024 * 1024;

    /// <summary>
    /// Memory for the bytes of all streams: written and received ones in buffers that may be four times as large as what is in them, or 8 KiB; datagrams likewise; and the pool.
    /// </summary>
    public const long BytesHeldMax = (4L * (SendBytesAllMax + ConnectionWindowBytesMax + DatagramBytesQueuedAllMax)) + (4L * StreamsMax * 8192) + PooledBytesMax;

    /// <summary>A window is not raised by less.</summary>
    public const int RaiseBytesMin = 4096;

    /// <summary>Streams of one end at once: opening one more fails; the peer's beyond are ignored and counted.</summary>
    public const int StreamsOfOneEndMax = 1024;

    /// <summary>So many each end may open before it has heard from the other; MAX_STREAMS in the first datagram of streams makes it the number above.</summary>
    public const int StreamsOfOneEndAtFirst = 32;

    /// <summary>Of both ends together.</summary>
    public const int StreamsMax = 2 * StreamsOfOneEndMax;

    /// <summary>Objects kept of streams that are over.</summary>
    public const int SpareStreamsMax = 64;

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
    public const int PacketsInFlightMax = 8192;

    /// <summary>An acknowledgement waits so long for company, or for a second datagram.</summary>
    public const long AckDelayMillis = 25;
    public const int DatagramsForAck = 2;

    /// <summary>The longest pause between two probes of a silent path, however long the silence.</summary>
    public const long ProbePauseMillisMax = 15_000;

    /// <summary>A longer round trip is a peer that slept, not a path.</summary>
    public const long RoundTripMillisMax = 20_000;
}
