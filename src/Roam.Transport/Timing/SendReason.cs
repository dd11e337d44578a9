namespace Roam.Transport;

/// <summary>Why a datagram is due, as the timing policy says it.</summary>
public enum SendReason
{
    /// <summary>Nothing is due.</summary>
    None,

    /// <summary>The local state differs from the last one sent.</summary>
    NewState,

    /// <summary>The peer is thought not to have the newest state: send the difference from the assumed one again.</summary>
    Repair,

    /// <summary>One more datagram for the newest state, before anything is known to be lost: from the acknowledged state.</summary>
    Copy,

    /// <summary>An acknowledgement is late: the newest state once more, from the acknowledged one.</summary>
    Probe,

    /// <summary>An acknowledgement is due; data that is waiting rides along.</summary>
    Acknowledge,

    /// <summary>The next try of an orderly end.</summary>
    Shutdown,
}
