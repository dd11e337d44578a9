namespace Roam.Host;

/// <summary>A descriptor in the hub's epoll. The generation tells it from an earlier one of the same number.</summary>
internal sealed class WatchedDescriptor(int fd, uint generation, IDescriptorOwner owner)
{
    public int Fd { get; } = fd;

    public uint Generation { get; } = generation;

    public IDescriptorOwner Owner { get; } = owner;

    public uint Events { get; set; }

    /// <summary>A regular file: it never blocks, and epoll does not take it.</summary>
    public bool IsAlwaysReady { get; set; }
}
