namespace Roam.Lab;

/// <summary>Nothing passes for 15 s while the program prints: how long after the end of that until the picture moves. All programs at the same time.</summary>
internal sealed class OutageScenario : INetScenario
{
    private const int Rounds = 3;
    private const double StartSeconds = 30;
    private const double SettleSeconds = 5;
    private const double DarkSeconds = 15;
    private const double PhaseSeconds = 0.43;
    private const double PatienceSeconds = 90;

    private static readonly LinkOptions Link = new() { DelayMillis = 50 };

    public string Name => "outage";

    public string Group => "roam";

    public void Run(NetBenchOptions options, NetReport report)
    {
        using Testbed bed = Testbed.Open(Link);
        List<LiveSession> sessions = LiveSession.StartAll(bed, bed.Contenders(options), options.Predict, ProgramVerb.CommandOf("tick"));
        try
        {
            SessionWatch watch = new(sessions);
            watch.UntilOrThrow(() => sessions.All(s => FreshPicture.StampOf(s) > 0), StartSeconds, "the tick programs");
            List<double>[] times = [.. sessions.Select(_ => new List<double>())];
            for (int round = 0; round < Rounds; round++)
            {
                watch.Rest(SettleSeconds);
                bed.Link.Dark = true;
                watch.Rest(DarkSeconds + (round * PhaseSeconds));
                long[] shown = [.. sessions.Select(FreshPicture.StampOf)];
                bed.Link.Dark = false;
                FreshPicture.Wait(watch, sessions, MonotonicClock.Nanos, shown, PatienceSeconds, times);
            }

            report.Add(
                Name, $"After {DarkSeconds} s of outage, {Link}", FreshPicture.Table(sessions, times),
                $"The program prints every {TickProgram.PeriodMillis} ms; from the end of the outage until new text; {Rounds} times. never: not within {PatienceSeconds} s.");
        }
        finally
        {
            sessions.ForEach(s => s.Dispose());
        }
    }
}
