namespace Roam.Transport;

/// <summary>Why a datagram is due, as the timing policy says it.</summary>
public enum SendReason
{
    /// <summary>Nothing is due.</summary>
    None,

    /// <summary>The local state differs from the last one sent.</summary>
    NewState,

    /// <summary>The peer is thought not to have the newest state: send the difference again.</summary>
    Repair,

    /// <summary>An acknowledgement is due; data that is waiting rides along.</summary>
    Acknowledge,

    /// <summary>The next try of an orderly end.</summary>
    Shutdown,
}
