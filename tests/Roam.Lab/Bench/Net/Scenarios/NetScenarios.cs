namespace Roam.Lab;

/// <summary>The links and the questions of `bench net`, by name.</summary>
internal static class NetScenarios
{
    private static readonly LinkOptions Fast = new() { DelayMillis = 20, RateKbit = 100_000, QueueBytes = 1_000_000 };
    private static readonly LinkOptions Shared = new() { DelayMillis = 20, RateKbit = 10_000, QueueBytes = 250_000 };

    public static readonly IReadOnlyList<INetScenario> All =
    [
        new KeyScenario("rtt10", new LinkOptions { DelayMillis = 5 }),
        new KeyScenario("rtt50", new LinkOptions { DelayMillis = 25 }),
        new KeyScenario("rtt100", new LinkOptions { DelayMillis = 50 }),
        new KeyScenario("rtt200", new LinkOptions { DelayMillis = 100 }),
        new KeyScenario("rtt10-bursts", new LinkOptions { DelayMillis = 5 }, KeyPattern.Bursts),
        new KeyScenario("rtt50-bursts", new LinkOptions { DelayMillis = 25 }, KeyPattern.Bursts),
        new KeyScenario("rtt100-bursts", new LinkOptions { DelayMillis = 50 }, KeyPattern.Bursts),
        new KeyScenario("rtt200-bursts", new LinkOptions { DelayMillis = 100 }, KeyPattern.Bursts),
        new KeyScenario("rtt100-ipv6", new LinkOptions { DelayMillis = 50 }, Ipv6: true),
        new KeyScenario("loss1", new LinkOptions { DelayMillis = 50, LossUpPercent = 1, LossDownPercent = 1 }),
        new KeyScenario("loss5", new LinkOptions { DelayMillis = 50, LossUpPercent = 5, LossDownPercent = 5 }),
        new KeyScenario("loss29", new LinkOptions { DelayMillis = 50, LossUpPercent = 29, LossDownPercent = 29 }),
        new KeyScenario("loss29-up", new LinkOptions { DelayMillis = 50, LossUpPercent = 29 }),
        new KeyScenario("loss29-down", new LinkOptions { DelayMillis = 50, LossDownPercent = 29 }),
        new KeyScenario("loss10-rtt200", new LinkOptions { DelayMillis = 100, LossUpPercent = 10, LossDownPercent = 10 }),
        new KeyScenario("burst-loss15", new LinkOptions { DelayMillis = 50, LossUpPercent = 15, LossDownPercent = 15, BurstPackets = 3 }),
        new KeyScenario("jitter20", new LinkOptions { DelayMillis = 50, JitterMillis = 20 }),
        new KeyScenario("ssh-rtt0", new LinkOptions(), ThroughSsh: true),
        new KeyScenario("ssh-rtt50", new LinkOptions { DelayMillis = 25 }, ThroughSsh: true),
        new KeyScenario("ssh-rtt100-loss1", new LinkOptions { DelayMillis = 50, LossUpPercent = 1, LossDownPercent = 1 }, ThroughSsh: true),
        new StartScenario(),
        new NarrowInterruptScenario(),
        new NarrowRedrawScenario(),
        new FloodScenario(),
        new HistoryScenario(),
        new HistoryInterruptScenario("history-ctrl-c", new LinkOptions { DelayMillis = 10, RateKbit = 10_000 }),
        new HistoryInterruptScenario("history-ctrl-c-narrow", NarrowInterruptScenario.Link),
        new HistoryKeysScenario(),
        new RoamScenario("roam-ticking", Quiet: false),
        new RoamScenario("roam-quiet", Quiet: true),
        new RoamScenario("roam-quiet-ipv6", Quiet: true, Ipv6: true),
        new OutageScenario(),
        new MtuScenario("mtu1500", 1500), // nothing vanishes: what the others are to be compared with
        new MtuScenario("mtu600", 600),
        new MtuScenario("mtu1000", 1000),
        new BulkScenario("streams-bulk", Fast),
        new BulkScenario("streams-loss1", Fast with { LossUpPercent = 1, LossDownPercent = 1 }),
        new BulkScenario("streams-loopback", new LinkOptions(), IsLocal: true),
        new BulkKeysScenario(),
        new BesideScenario("streams-beside", Shared, IsOtherFirst: false),
        new BesideScenario("streams-beside-late", Shared, IsOtherFirst: true),
    ];

    /// <summary>Names and groups, separated by commas. Null: one of them is unknown.</summary>
    public static List<INetScenario>? Find(string names)
    {
        string[] wanted = names.Split(',');
        return wanted.All(w => All.Any(s => s.Name == w || s.Group == w)) ? [.. All.Where(s => wanted.Contains(s.Name) || wanted.Contains(s.Group))] : null;
    }
}
