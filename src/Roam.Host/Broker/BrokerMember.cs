using Roam.Transport;

namespace Roam.Host;

/// <summary>A session at the broker, or a connection that may become one.</summary>
internal sealed class BrokerMember(int fd, Instant joinsBefore)
{
    public int Fd => fd;

    /// <summary>Until then it must have said who it is.</summary>
    public Instant JoinsBefore => joinsBefore;

    public bool IsJoined { get; private set; }

    public UInt128 Id { get; private set; }

    public void Join(UInt128 id) => (IsJoined, Id) = (true, id);
}
