namespace Roam.Host;

/// <summary>How a <see cref="StreamPump"/> ended.</summary>
internal enum PumpEnd
{
    /// <summary>Both directions came to their ends.</summary>
    Finished,

    /// <summary>The peer reset the stream.</summary>
    ResetByPeer,

    /// <summary>The descriptor broke, and the stream was reset.</summary>
    Broken,

    /// <summary>It was ended here.</summary>
    Cancelled,
}
