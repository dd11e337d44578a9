using Roam.Transport;

namespace Roam.Host;

/// <summary>Waits for a connection that <see cref="Connector"/> makes.</summary>
internal interface IConnectOwner
{
    /// <summary>The descriptor is the owner's from now on.</summary>
    void Connected(Instant now, int fd, bool isTcp);

    /// <param name="now">The time of the loop turn.</param>
    /// <param name="reason">For the peer.</param>
    /// <param name="text">What the system or the resolver says, without the place.</param>
    void Failed(Instant now, StreamRefusal reason, string text);
}
