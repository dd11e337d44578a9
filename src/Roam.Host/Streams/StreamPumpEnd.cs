namespace Roam.Host;

/// <summary>How a <see cref="StreamPump"/> ended.</summary>
internal enum StreamPumpEnd
{
    /// <summary>Both directions were said to their ends.</summary>
    Finished,

    /// <summary>One of the two ends broke it off.</summary>
    Reset,

    /// <summary>The peer did not serve the stream: <see cref="Roam.Transport.StreamSet.RefusalOf"/> says why, during the call.</summary>
    Refused,
}
