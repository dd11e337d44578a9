namespace Roam.Lab;

/// <summary>One cell with one pair of policies, from the start of the session to the answer of the last key.</summary>
internal static class SweepRun
{
    /// <summary>Keys until the round-trip time and the loss are known to a policy that learns them.</summary>
    private const int UncountedKeysMax = 20;

    /// <summary>The session's beginning under any loss of the grid.</summary>
    private const long StartMicrosMax = 60_000_000;

    private const long SettleMillis = 2000;

    /// <summary>Longest time without an answer to any key: far above what a queue on the slowest path costs.</summary>
    private const long SilenceMicrosMax = 180_000_000;

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
            while (!user.IsDone)
            {
                int before = user.Shown;
                if (!world.RunUntil(() => user.Shown != before, world.NowMicros + SilenceMicrosMax))
                {
                    return nothing with { Failure = $"key {before} of {user.Typed} is never answered" };
                }
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
        long[] sorted = user.CountedLatencyMicros.ToArray();
        Array.Sort(sorted);
        return nothing with
        {
            MedianMicros = AtPercent(sorted, 50),
            MeanMicros = sorted.Sum() / sorted.Length,
            P95Micros = AtPercent(sorted, 95),
            P99Micros = AtPercent(sorted, 99),
            Datagrams = user.Datagrams,
            LongestQueueMicros = Math.Max(world.Up.LongestQueueMicros, world.Down.LongestQueueMicros),
        };
    }

    /// <summary>The nearest rank.</summary>
    private static long AtPercent(long[] sorted, int percent) => sorted[Math.Max(0, ((sorted.Length * percent) + 99) / 100 - 1)];
}
