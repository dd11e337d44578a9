namespace Roam.Tests.Transport;

/// <summary>What the simulated link does to datagrams; in thousandths.</summary>
internal sealed class LinkFaults
{
    public int LossPerMille { get; set; }

    public int DuplicatePerMille { get; set; }

    /// <summary>Up to this much is added to the delay: later datagrams overtake.</summary>
    public int JitterMillis { get; set; }

    /// <summary>Nothing passes.</summary>
    public bool IsDown { get; set; }

    /// <summary>A longer datagram vanishes, as in a path-MTU black hole. The sender is told when SaysTooLong is set.</summary>
    public int DatagramBytesMax { get; set; } = int.MaxValue;

    public bool SaysTooLong { get; set; }
}
