namespace Roam.Transport;

/// <summary>How much may be on its way, and how fast. Told by the streams what was acknowledged and lost. One object for a connection.</summary>
internal interface ICongestionController
{
    /// <summary>Bytes on the wire, not acknowledged.</summary>
    int WindowBytes { get; }

    /// <summary>What the pacer spreads datagrams to.</summary>
    long PaceBytesPerSecond { get; }

    /// <summary>The pace at which the screen's bytes are counted.</summary>
    long ScreenPaceBytesPerSecond { get; }

    /// <summary>How long datagrams should be at most, so that one alone does not block the path for long.</summary>
    int DatagramBytes(bool isInteractive);

    void TakeAck(Instant now, in AckSample sample);

    /// <summary>A round trip of SSP's own small datagrams.</summary>
    void TakeRoundTrip(Instant now, long micros);

    /// <summary>Nothing was under way: what goes now is the first after a pause.</summary>
    void TakeRestart(Instant now);

    /// <summary>Two probes stayed unanswered.</summary>
    void TakeTimeout(Instant now);

    /// <summary>Another path: begins anew, carefully.</summary>
    void Reset(Instant now);
}
