namespace Roam.Lab;

/// <summary>A log of 20 MB through the session: how long until its end is on the screen, and what the server spends. One program after the other, in rounds.</summary>
internal sealed class FloodScenario : INetScenario
{
    private const int Megabytes = 20;
    private const int Rounds = 3;
    private const double StartSeconds = 30;
    private const double PatienceSeconds = 120;

    private static readonly LinkOptions Link = new() { DelayMillis = 20 };

    public string Name => "flood";

    public string Group => "flood";

    public void Run(NetBenchOptions options, NetReport report)
    {
        using Testbed bed = Testbed.Open(Link);
        List<SessionPair> contenders = [.. bed.Contenders(options)];
        List<Sample>[] samples = [.. contenders.Select(_ => new List<Sample>())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                samples[i].Add(Measure(bed, contenders[i], options.Predict));
            }
        }

        ResultTable table = new("", "wall s", "server CPU s", "MB per CPU s", "up KiB", "down KiB");
        for (int i = 0; i < contenders.Count; i++)
        {
            Sample s = samples[i].OrderBy(x => x.WallMillis).ElementAt(Rounds / 2);
            table.Add(
                contenders[i].Name, $"{s.WallMillis / 1000:F2}", $"{s.CpuMillis / 1000:F2}", $"{Megabytes * 1.048576 / (s.CpuMillis / 1000):F1}",
                $"{s.Traffic.UpBytes / 1024.0:F0}", $"{s.Traffic.DownBytes / 1024.0:F0}");
        }

        report.Add(Name, $"{Megabytes} MiB of log, {Link}", table, $"One program after the other; of {Rounds} rounds the one with the median wall time.");
    }

    private static Sample Measure(Testbed bed, SessionPair pair, string predict)
    {
        using LiveSession session = LiveSession.Start(bed, pair, predict, ProgramVerb.CommandOf("log", $"{Megabytes}"));
        SessionWatch watch = new([session]);
        watch.UntilOrThrow(() => session.Shows(FloodProgram.Ready), StartSeconds, $"{pair.Name}'s log program");
        watch.Rest(1);
        Traffic traffic = session.Traffic;
        double cpu = session.ServerCpuMillis;
        long start = MonotonicClock.Nanos;
        session.Type("\r"u8);
        long end = watch.Until(() => session.Shows(FloodProgram.Done), PatienceSeconds) ?? throw new InvalidOperationException($"{pair.Name}: the end of the log was not seen");
        return new Sample(MonotonicClock.ToMillis(end - start), session.ServerCpuMillis - cpu, session.Traffic - traffic);
    }

    private readonly record struct Sample(double WallMillis, double CpuMillis, Traffic Traffic);
}
