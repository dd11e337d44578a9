namespace Roam.Lab;

/// <summary>What one cell gave for one pair of policies. Whole microseconds and counts, so that equal runs give equal records.</summary>
internal sealed record SweepResult(string Cell, string Policies, int Keys, ulong Seed)
{
    /// <summary>Keys typed and counted: fewer when the session got stuck.</summary>
    public int Counted { get; init; }

    public long MedianMicros { get; init; }

    public long MeanMicros { get; init; }

    public long P95Micros { get; init; }

    public long P99Micros { get; init; }

    /// <summary>Of both sides, from the first counted key to the last one's answer.</summary>
    public long Datagrams { get; init; }

    public long LongestQueueMicros { get; init; }

    /// <summary>The session stopped answering: the keys that were typed count with the time they waited.</summary>
    public bool IsStuck { get; init; }

    /// <summary>Why the run ended early; null when it did not.</summary>
    public string? Failure { get; init; }

    public double DatagramsPerKey => (double)Datagrams / Math.Max(1, Counted);
}
