namespace Roam.Lab;

/// <summary>What happens to the machines and the path as a whole: relative weights of the kinds and the mean time between two.</summary>
internal sealed record FaultPlan
{
    /// <summary>0 = nothing ever happens.</summary>
    public int MeanMillis { get; init; }

    public int Partition { get; init; }

    /// <summary>Some partitions last until the server forgets its client's address.</summary>
    public int LongPartition { get; init; }

    public int Roam { get; init; }

    public int ClientSleep { get; init; }

    public int ServerSleep { get; init; }

    public int ClockJump { get; init; }

    /// <summary>The path changes its ways.</summary>
    public int NewLink { get; init; }

    /// <summary>The program stops reading for a while.</summary>
    public int BusyProgram { get; init; }

    public bool IsNone => MeanMillis == 0;

    public int WeightSum => Partition + LongPartition + Roam + ClientSleep + ServerSleep + ClockJump + NewLink + BusyProgram;

    public static FaultPlan Draw(SimRandom random)
    {
        FaultPlan plan = new()
        {
            MeanMillis = random.Chance(700) ? random.Between(200, 6000) : 0,
            Partition = Weight(random),
            LongPartition = random.Chance(200) ? Weight(random) : 0,
            Roam = Weight(random),
            ClientSleep = Weight(random),
            ServerSleep = Weight(random),
            ClockJump = Weight(random),
            NewLink = Weight(random),
            BusyProgram = Weight(random),
        };
        return plan.WeightSum == 0 ? new FaultPlan() : plan;
    }

    private static int Weight(SimRandom random) => random.Chance(400) ? random.Between(1, 10) : 0;
}
