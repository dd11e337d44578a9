namespace Roam.Lab;

/// <summary>One cell with one pair of policies, from the start of the session to the answer of the last key.</summary>
internal static class SweepRun
{
    /// <summary>Keys until the round-trip time and the loss are known to a policy that learns them.</summary>
    private const int UncountedKeysMax = 20;

    /// <summary>The session's beginning under any loss of the grid.</summary>
    private const long StartMicrosMax = 60_000_000;

    private const long SettleMillis = 2000;

    /// <summary>Longest time without an answer to any key: twice the longest queue.</summary>
    private const long SilenceMicrosMax = 60_000_000;

    public static SweepResult Run(SweepCell cell, PolicyPair policies, int keys, ulong seed)
    {
        int counted = cell.KeysOf(keys);
        SweepResult nothing = new(cell.Name, policies.ToString(), counted, seed);
        SweepProgram? program = null;
        SimOptions options = cell.OptionsFor(policies, seed) with { OwnProgram = random => program = cell.NewProgram(random) };
        using SimWorld world = new(options);
        SweepUser user = new(world, program!, cell.Typing, new SimRandom(seed ^ 0x6b657973), Math.Min(UncountedKeysMax, counted), counted);
        try
        {
            world.Start();
            if (!world.RunUntil(() => world.Client.Session.EverHeard && world.Server.IsStarted, StartMicrosMax))
            {
                return nothing with { Failure = "no session" };
            }

            world.RunForMillis(SettleMillis);
            user.Begin();
            int before = -1;
            while (!user.IsDone && user.Shown != before)
            {
                before = user.Shown;
                world.RunUntil(() => user.Shown != before, world.NowMicros + SilenceMicrosMax);
            }
        }
        catch (InvariantViolation e)
        {
            return nothing with { Failure = e.Message };
        }

        return Summary(nothing, world, user);
    }

    private static SweepResult Summary(SweepResult nothing, SimWorld world, SweepUser user)
    {
        long[] sorted = user.TakeLatencyMicros();
        if (sorted.Length == 0)
        {
            return nothing with { Failure = "the session hangs before the first key that counts" };
        }

        Array.Sort(sorted);
        return nothing with
        {
            Counted = sorted.Length,
            MedianMicros = AtPercent(sorted, 50),
            MeanMicros = sorted.Sum() / sorted.Length,
            P95Micros = AtPercent(sorted, 95),
            P99Micros = AtPercent(sorted, 99),
            Datagrams = user.Datagrams,
            LongestQueueMicros = Math.Max(world.Up.LongestQueueMicros, world.Down.LongestQueueMicros),
            IsStuck = !user.IsDone,
        };
    }

    /// <summary>The nearest rank.</summary>
    private static long AtPercent(long[] sorted, int percent) => sorted[Math.Max(0, ((sorted.Length * percent) + 99) / 100 - 1)];
}
