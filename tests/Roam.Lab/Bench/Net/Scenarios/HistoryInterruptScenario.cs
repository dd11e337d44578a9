namespace Roam.Lab;

/// <summary>Ctrl-C in `yes`, while lines of it are on their way to the scrollback: from the key until the shell's answer is seen.</summary>
internal sealed class HistoryInterruptScenario(string name, LinkOptions link) : INetScenario
{
    private const int Rounds = 7;
    private const double FloodSeconds = 3;
    private const double PatienceSeconds = 45;

    public string Name => name;

    public string Group => "history";

    public void Run(NetBenchOptions options, NetReport report)
    {
        List<HistoryContender> contenders = [];
        List<double>[] times = [];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i == 0 || i < contenders.Count; i++)
            {
                using Testbed bed = Testbed.Open(link with { Seed = options.Seed + (ulong)round });
                if (contenders.Count == 0)
                {
                    contenders = HistoryContender.Of(bed, options);
                    times = [.. contenders.Select(_ => new List<double>())];
                }

                times[i].Add(Measure(bed, contenders[i], options.Predict, round));
            }
        }

        ResultTable table = new("", "median ms", "max", "each");
        for (int i = 0; i < contenders.Count; i++)
        {
            Distribution d = new(times[i]);
            table.Add(contenders[i].Name, PatientTime.Text(d.Median), PatientTime.Text(d.Max), string.Join(' ', times[i].Select(PatientTime.Text)));
        }

        report.Add(Name, $"Ctrl-C in `yes`, {link}", table, $"After about {FloodSeconds} s of it; {Rounds} rounds, a fresh link for each program. never: not within {PatienceSeconds} s.");
    }

    private static double Measure(Testbed bed, HistoryContender contender, string predict, int round)
    {
        using LiveSession session = LiveSession.Start(bed, contender.Pair, predict, ["sh", "-c", "trap \"echo STOPPED; read x\" INT; yes; echo STOPPED; read x"], ipv6: false, contender.Variables);
        SessionWatch watch = new([session]);
        watch.Rest(FloodSeconds + (round * 0.137));
        long start = MonotonicClock.Nanos;
        session.Type("\x03"u8);
        return PatientTime.Since(start, watch.Until(() => session.Shows("STOPPED"), PatienceSeconds));
    }
}
