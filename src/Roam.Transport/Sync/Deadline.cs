namespace Roam.Transport;

/// <summary>All that a connection waits for.</summary>
internal enum Deadline
{
    /// <summary>The next datagram, as the timing policy plans it.</summary>
    Send,

    /// <summary>The server forgets its client's address.</summary>
    PeerSilent,

    /// <summary>The client asks for another port.</summary>
    PortHop,

    /// <summary>The client tries another address of its server.</summary>
    TryAddress,

    /// <summary>The client asks whether UDP gets through again.</summary>
    Challenge,

    /// <summary>The next stream datagram: the pace, or an acknowledgement that was held back.</summary>
    StreamSend,

    /// <summary>A stream datagram counts as lost, or its acknowledgement is asked for.</summary>
    StreamRecovery,

    /// <summary>An orderly end that was not answered is given up.</summary>
    ShutdownLimit,
}
