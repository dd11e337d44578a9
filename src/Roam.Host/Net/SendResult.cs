namespace Roam.Host;

/// <summary>What became of a datagram given to the system.</summary>
internal enum SendResult
{
    Sent,

    /// <summary>EMSGSIZE: the size limit must fall.</summary>
    TooLong,

    /// <summary>EAGAIN, ENOBUFS: the queue is full; the datagram counts as lost.</summary>
    Busy,

    /// <summary>No route, no network, refused by a filter: lost as well. <see cref="UdpSocket.LastError"/> has the reason.</summary>
    Failed,
}
