namespace Roam.Lab;

/// <summary>What one direction of the path does to datagrams. Probabilities are per mille.</summary>
internal sealed record LinkFaults
{
    public static readonly LinkFaults Healthy = new() { DelayMicros = 20_000 };

    public long DelayMicros { get; init; }

    public long JitterMicros { get; init; }

    /// <summary>Normal jitter about the delay, with reordering; the delay never falls below 0.</summary>
    public long JitterDeviationMicros { get; init; }

    /// <summary>Loss outside a burst.</summary>
    public int Loss { get; init; }

    /// <summary>Gilbert-Elliott: chance per datagram to enter a burst, to leave it, and loss within.</summary>
    public int BurstEnter { get; init; }

    public int BurstLeave { get; init; } = 300;

    public int BurstLoss { get; init; } = 900;

    /// <summary>Bursts in time: mean length of one, in which everything is lost, and of the calm between two; both exponential. 0 = none.</summary>
    public long OutageMicros { get; init; }

    public long CalmMicros { get; init; }

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

    /// <summary>Gilbert-Elliott with everything lost in a burst, from the two numbers that one measures: loss over all (per mille) and the mean length of a burst in datagrams.</summary>
    public LinkFaults WithBursts(int loss, int meanBurst)
    {
        int leave = 1000 / meanBurst;
        return this with { BurstEnter = ((leave * loss) + ((1000 - loss) / 2)) / (1000 - loss), BurstLeave = leave, BurstLoss = 1000 };
    }

    /// <summary>Bursts of so much time, so that the loss over all is as given (per mille).</summary>
    public LinkFaults WithOutages(int loss, int meanMillis) =>
        this with { OutageMicros = meanMillis * 1000L, CalmMicros = meanMillis * 1000L * (1000 - loss) / loss };

    /// <summary>A rate in kilobits per second of IP packets, with a drop-tail queue of so many bytes before it.</summary>
    public LinkFaults WithRate(int kilobits, long queueBytes) => this with { BytesPerSecond = kilobits * 125L, QueueBytes = queueBytes };
}
