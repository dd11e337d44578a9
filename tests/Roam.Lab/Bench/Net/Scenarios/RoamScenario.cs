namespace Roam.Lab;

/// <summary>
/// The near end's address changes and nobody is told, for all programs at the same time. Ticking: the program prints all the while; until the picture shows something
/// printed after the change. Quiet: it prints one thing 0.3 s after the change; until that is seen. ssh is left out: its connection ends with its address.
/// </summary>
internal sealed record RoamScenario(string Name, bool Quiet, bool Ipv6 = false) : INetScenario
{
    private const int Rounds = 6;
    private const double StartSeconds = 30;
    private const double SettleSeconds = 6;
    private const double QuietSeconds = 0.3;
    private const double PatienceSeconds = 30;

    /// <summary>So that the change meets each phase of the keep-alive, which comes every 3 s.</summary>
    private const double PhaseSeconds = 0.77;

    private static readonly LinkOptions Link = new() { DelayMillis = 50 };

    public string Group => "roam";

    private string Question => Quiet
        ? $"The program prints {QuietSeconds} s after the change: until that is seen;"
        : $"The program prints every {TickProgram.PeriodMillis} ms: until something printed after the change is seen;";

    public void Run(NetBenchOptions options, NetReport report)
    {
        using Testbed bed = Testbed.Open(Link);
        if (Ipv6 && !bed.CarriesIpv6)
        {
            Console.WriteLine($"{Name}: left out, no IPv6 here\n");
            return;
        }

        using NewsPipes pipes = new();
        List<SessionPair> contenders = [.. bed.Contenders(options, withSsh: false)];
        List<LiveSession> sessions = [.. contenders.Select(p => LiveSession.Start(bed, p, options.Predict, Quiet ? ProgramVerb.CommandOf("news", pipes.Add()) : ProgramVerb.CommandOf("tick"), Ipv6))];
        try
        {
            SessionWatch watch = new(sessions);
            watch.UntilOrThrow(() => sessions.All(s => s.RowText(0).Length > 0), StartSeconds, "the programs");
            List<double>[] times = [.. sessions.Select(_ => new List<double>())];
            for (int round = 0; round < Rounds; round++)
            {
                watch.Rest(SettleSeconds + (round * PhaseSeconds));
                bed.ChangeNearAddress(round + 1, Ipv6);
                long start = MonotonicClock.Nanos;
                if (Quiet)
                {
                    watch.Rest(QuietSeconds);
                    start = MonotonicClock.Nanos;
                    pipes.Speak();
                }

                FreshPicture.Wait(watch, sessions, start, start, PatienceSeconds, times);
            }

            report.Add(
                Name, $"Address changes while the program {(Quiet ? "is quiet" : "prints")}, {Link}{(Ipv6 ? ", IPv6" : "")}", FreshPicture.Table(sessions, times),
                $"{Question} {Rounds} times, all programs at the same time. never: not within {PatienceSeconds} s.");
        }
        finally
        {
            sessions.ForEach(s => s.Dispose());
        }
    }
}
