namespace Roam.Lab;

/// <summary>A narrow link with a deep buffer, and a program that floods the screen: how long until Ctrl-C shows its effect. A link of its own for each measurement.</summary>
internal sealed class NarrowInterruptScenario : INetScenario
{
    public static readonly LinkOptions Link = new() { DelayMillis = 50, RateKbit = 256, QueueBytes = 1 << 20 };

    private const int Rounds = 5;
    private const double FloodSeconds = 8;
    private const double PatienceSeconds = 45;

    public string Name => "narrow-ctrl-c";

    public string Group => "narrow";

    public void Run(NetBenchOptions options, NetReport report)
    {
        List<SessionPair> contenders = [];
        List<double>[] times = [];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i == 0 || i < contenders.Count; i++)
            {
                using Testbed bed = Testbed.Open(Link with { Seed = options.Seed + (ulong)round });
                if (contenders.Count == 0)
                {
                    contenders.AddRange(bed.Contenders(options));
                    times = [.. contenders.Select(_ => new List<double>())];
                }

                times[i].Add(Measure(bed, contenders[i], options.Predict));
            }
        }

        ResultTable table = new("", "median ms", "max", "each");
        for (int i = 0; i < contenders.Count; i++)
        {
            Distribution d = new(times[i]);
            table.Add(contenders[i].Name, PatientTime.Text(d.Median), PatientTime.Text(d.Max), string.Join(' ', times[i].Select(PatientTime.Text)));
        }

        report.Add(Name, $"Ctrl-C in a flood, {Link}", table, $"From Ctrl-C, after {FloodSeconds} s of flood, until its effect is seen; {Rounds} rounds, a fresh link for each program. never: not within {PatienceSeconds} s.");
    }

    private static double Measure(Testbed bed, SessionPair pair, string predict)
    {
        using LiveSession session = LiveSession.Start(bed, pair, predict, ProgramVerb.CommandOf("flood"));
        SessionWatch watch = new([session]);
        watch.Rest(FloodSeconds);
        long start = MonotonicClock.Nanos;
        session.Type("\x03"u8);
        return PatientTime.Since(start, watch.Until(() => session.Shows(FloodProgram.Stopped), PatienceSeconds));
    }
}
