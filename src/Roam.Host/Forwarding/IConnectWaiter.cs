using Roam.Transport;

namespace Roam.Host;

/// <summary>Has asked a <see cref="Connector"/> for a connection.</summary>
internal interface IConnectWaiter
{
    /// <summary>The connection is the waiter's now.</summary>
    void Connected(Instant now, int fd, bool isTcp);

    /// <summary>None of the addresses would have it.</summary>
    void Failed(Instant now, string reason);
}
