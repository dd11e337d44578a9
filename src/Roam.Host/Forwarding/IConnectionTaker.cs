using Roam.Transport;

namespace Roam.Host;

/// <summary>Takes the connections of an <see cref="Acceptor"/>.</summary>
internal interface IConnectionTaker
{
    /// <summary>False: not now, a limit is reached. Nothing more is accepted, and this connection is offered again.</summary>
    bool TryTake(Instant now, int fd, bool isTcp, string originator);
}
