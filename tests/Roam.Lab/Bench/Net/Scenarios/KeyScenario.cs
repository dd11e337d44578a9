namespace Roam.Lab;

/// <summary>
/// Keys typed into the echo program by all programs at the same time over one link, each by its own schedule: no rate limit, so they do not disturb each other and
/// meet the same conditions.
/// </summary>
internal sealed record KeyScenario(string Name, LinkOptions Link, KeyPattern Pattern = KeyPattern.Random, bool Ipv6 = false, bool ThroughSsh = false) : INetScenario
{
    private const double StartSeconds = 60;

    /// <summary>Not measured: round-trip estimates settle, and this program's code gets warm.</summary>
    private const int WarmUpKeys = 16;

    /// <summary>After the last key. What has not appeared by then counts as missing.</summary>
    private const double PatienceSeconds = 30;

    public string Group => ThroughSsh ? "through-ssh" : "keys";

    private string Title => $"{Link}{(Ipv6 ? ", IPv6" : "")}{(Pattern == KeyPattern.Bursts ? ", keys in bursts" : "")}{(ThroughSsh ? ", also through ssh" : "")}";

    public void Run(NetBenchOptions options, NetReport report)
    {
        LinkOptions faults = Link with { Seed = options.Seed };
        using Testbed bed = Testbed.Open(new LinkOptions { DelayMillis = Link.DelayMillis });
        if (Ipv6 && !bed.CarriesIpv6)
        {
            Console.WriteLine($"{Name}: left out, no IPv6 here\n");
            return;
        }

        Distribution? probe = bed.Probe();
        List<LiveSession> sessions = LiveSession.StartAll(bed, bed.Contenders(options), options.Predict, ProgramVerb.CommandOf("echo"), Ipv6);
        if (ThroughSsh && bed.CarriesTcp)
        {
            sessions.Add(LiveSession.StartWrapper(bed, "roam --transport=ssh", ["out/roam", "--transport=ssh"], options.Predict, ProgramVerb.CommandOf("echo")));
        }

        try
        {
            SessionWatch watch = new(sessions);
            watch.UntilOrThrow(() => sessions.All(s => s.Shows(EchoProgram.Ready)), StartSeconds, "the echo programs");
            bed.Link.Options = faults;
            List<TypedSession> typed = [.. sessions.Select((s, i) => new TypedSession(s, new KeySchedule(Pattern, (options.Seed * 1000) + (ulong)i)))];
            Type(typed, watch, WarmUpKeys);
            GC.Collect();
            Type(typed, watch, options.Keys);
            Report(options, report, typed, probe);
        }
        finally
        {
            sessions.ForEach(s => s.Dispose());
        }
    }

    /// <summary>So many keys in each, and until they have appeared.</summary>
    internal static void Type(List<TypedSession> sessions, SessionWatch watch, int keys)
    {
        sessions.ForEach(s => s.Begin(keys));
        long deadline = long.MaxValue;
        while (sessions.Exists(s => !s.IsDone))
        {
            long next = long.MaxValue;
            foreach (TypedSession session in sessions)
            {
                next = Math.Min(next, session.NextKeyNanos);
            }

            if (next == long.MaxValue && deadline == long.MaxValue)
            {
                deadline = MonotonicClock.Nanos + (long)(PatienceSeconds * MonotonicClock.NanosPerSecond);
            }

            long woken = watch.Wait(Math.Min(next, deadline));
            foreach (TypedSession session in sessions)
            {
                session.Look(woken);
                if (session.NextKeyNanos <= MonotonicClock.Nanos)
                {
                    session.TypeNext();
                }
            }

            if (woken >= deadline)
            {
                sessions.ForEach(s => s.GiveUp());
                return;
            }
        }
    }

    private void Report(NetBenchOptions options, NetReport report, List<TypedSession> typed, Distribution? probe)
    {
        ResultTable table = new("", "median ms", "mean", "p95", "p99", "max", "over RTT", "up B/key", "down B/key", "up dgrams/key", "down", "dgrams / stock");
        List<string> notes = probe is null ? [] : [$"The link alone, before its faults: RTT {probe.Median:F2} ms in the median, {probe.Quantile(0.95):F2} at p95."];
        List<(string, Distribution)> distributions = [];
        long stock = typed.Find(t => t.Session.Name == options.Stock)?.Traffic.Packets ?? 0;
        foreach (TypedSession session in typed)
        {
            Distribution d = new(session.LatenciesMillis);
            distributions.Add((session.Session.Name, d));
            Traffic t = session.Traffic;
            double keys = options.Keys;
            table.Add(
                session.Session.Name, $"{d.Median:F1}", $"{d.Mean:F1}", $"{d.Quantile(0.95):F1}", $"{d.Quantile(0.99):F1}", $"{d.Max:F1}", $"{d.Median - Link.RttMillis:+0.0;-0.0}",
                $"{t.UpBytes / keys:F0}", $"{t.DownBytes / keys:F0}", $"{t.UpPackets / keys:F2}", $"{t.DownPackets / keys:F2}", stock == 0 ? "-" : $"{t.Packets / (double)stock:F2}");
            if (d.Count < options.Keys)
            {
                notes.Add($"{session.Session.Name}: {options.Keys - d.Count} keys did not appear within {PatienceSeconds} s of the last one.");
            }
        }

        string pattern = Pattern == KeyPattern.Random ? $"gaps of {KeySchedule.GapMeanMillis} ms on average" : $"{KeySchedule.BurstKeys} keys {KeySchedule.BurstGapMillis} ms apart, then a pause";
        notes.Insert(0, $"{options.Keys} keys a program, {pattern}; all programs at the same time; seed {options.Seed}, predictions {options.Predict}.");
        report.Add(Name, Title, table, [.. notes]);
        report.Panels.Add(new LatencyPanel(Name, Title, Link.RttMillis, distributions));
    }
}
