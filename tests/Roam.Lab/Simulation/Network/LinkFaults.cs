namespace Roam.Lab;

/// <summary>What one direction of the path does to datagrams. Probabilities are per mille.</summary>
internal sealed record LinkFaults
{
    public static readonly LinkFaults Healthy = new() { DelayMicros = 20_000 };

    public long DelayMicros { get; init; }

    public long JitterMicros { get; init; }

    /// <summary>Loss outside a burst.</summary>
    public int Loss { get; init; }

    /// <summary>Gilbert-Elliott: chance per datagram to enter a burst, to leave it, and loss within.</summary>
    public int BurstEnter { get; init; }

    public int BurstLeave { get; init; } = 300;

    public int BurstLoss { get; init; } = 900;

    public int Duplicate { get; init; }

    /// <summary>Chance to be held back by up to <see cref="ReorderMicros"/>.</summary>
    public int Reorder { get; init; }

    public long ReorderMicros { get; init; }

    public int Truncate { get; init; }

    public int Corrupt { get; init; }

    /// <summary>0 = no limit.</summary>
    public long BytesPerSecond { get; init; }

    /// <summary>Drop-tail queue in front of the rate limit.</summary>
    public long QueueBytes { get; init; } = 64 * 1024;

    /// <summary>Datagrams that make a larger IP packet vanish without a word; 0 = no limit.</summary>
    public int BlackHoleBytes { get; init; }

    /// <summary>The sender's kernel refuses larger IP packets with EMSGSIZE; 0 = no limit.</summary>
    public int TooLongBytes { get; init; }

    /// <summary>The sender's kernel has no buffer (ENOBUFS).</summary>
    public int NoBuffer { get; init; }

    /// <summary>Chance of a CE mark (ECN).</summary>
    public int Congestion { get; init; }
}
