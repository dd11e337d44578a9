namespace Roam.Lab;

/// <summary>The same narrow link, and a program that redraws the whole screen 20 times a second: how long until a key is seen to have been counted.</summary>
internal sealed class NarrowRedrawScenario : INetScenario
{
    private const int Rounds = 2;
    private const int KeysPerRound = 20;
    private const double SettleSeconds = 8;
    private const double PatienceSeconds = 45;
    private const double GapSeconds = 0.7;

    /// <summary>A program that needs half a minute for a key gets fewer keys, not the whole afternoon.</summary>
    private const double RoundSeconds = 60;

    public string Name => "narrow-redraw";

    public string Group => "narrow";

    public void Run(NetBenchOptions options, NetReport report)
    {
        List<SessionPair> contenders = [];
        List<double>[] times = [];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i == 0 || i < contenders.Count; i++)
            {
                using Testbed bed = Testbed.Open(NarrowInterruptScenario.Link with { Seed = options.Seed + (ulong)round });
                if (contenders.Count == 0)
                {
                    contenders.AddRange(bed.Contenders(options));
                    times = [.. contenders.Select(_ => new List<double>())];
                }

                Measure(bed, contenders[i], options.Predict, times[i]);
            }
        }

        ResultTable table = new("", "keys", "median ms", "mean", "p95", "max");
        for (int i = 0; i < contenders.Count; i++)
        {
            Distribution d = new(times[i]);
            table.Add(contenders[i].Name, $"{d.Count}", PatientTime.Text(d.Median), PatientTime.Text(d.Mean), PatientTime.Text(d.Quantile(0.95)), PatientTime.Text(d.Max));
        }

        report.Add(
            Name, $"A key during full redraws, {NarrowInterruptScenario.Link}", table,
            $"{1000 / RedrawProgram.PeriodMillis} redraws a second; {Rounds} rounds of up to {KeysPerRound} keys, a fresh link for each program. never: not within {PatienceSeconds} s.");
    }

    private static void Measure(Testbed bed, SessionPair pair, string predict, List<double> times)
    {
        using LiveSession session = LiveSession.Start(bed, pair, predict, ProgramVerb.CommandOf("redraw"));
        SessionWatch watch = new([session]);
        watch.UntilOrThrow(() => session.RowText(RedrawProgram.StatusRow) == RedrawProgram.Status(0), PatienceSeconds, $"{pair.Name}'s redraws");
        watch.Rest(SettleSeconds);
        long end = MonotonicClock.Nanos + (long)(RoundSeconds * MonotonicClock.NanosPerSecond);
        for (int key = 1; key <= KeysPerRound && MonotonicClock.Nanos < end; key++)
        {
            long start = MonotonicClock.Nanos;
            session.Type("x"u8);
            times.Add(PatientTime.Since(start, watch.Until(() => session.RowText(RedrawProgram.StatusRow) == RedrawProgram.Status(key), PatienceSeconds)));
            if (double.IsPositiveInfinity(times[^1]))
            {
                return; // the next ones would wait behind it
            }

            watch.Rest(GapSeconds);
        }
    }
}
