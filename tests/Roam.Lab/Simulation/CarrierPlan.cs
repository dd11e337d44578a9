namespace Roam.Lab;

/// <summary>The way through ssh in a run: whether there is one from the start, how long a login takes, and the mean time between two things that befall it and UDP.</summary>
internal sealed record CarrierPlan
{
    public bool StartsUp { get; init; } = true;

    public bool CanLogIn { get; init; } = true;

    public int LoginMillis { get; init; } = 400;

    public long DelayMicros { get; init; } = 20_000;

    public long JitterMicros { get; init; }

    /// <summary>0 = nothing ever happens.</summary>
    public int MeanMillis { get; init; }

    public static CarrierPlan Draw(SimRandom random) => new()
    {
        StartsUp = random.Chance(800),
        LoginMillis = random.Between(50, 3000),
        DelayMicros = random.SmallBelow(300_000),
        JitterMicros = random.Chance(300) ? random.SmallBelow(100_000) : 0,
        MeanMillis = random.Between(500, 8000),
    };
}
