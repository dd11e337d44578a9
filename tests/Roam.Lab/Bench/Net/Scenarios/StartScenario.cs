namespace Roam.Lab;

/// <summary>
/// From Enter until the program's first text stands on the screen, with ssh's login in it: ssh itself, mosh, Roam on a host where it is not installed, and Roam there again.
/// One after the other, in turns.
/// </summary>
internal sealed record StartScenario : INetScenario
{
    private const int Rounds = 7;
    private const double PatienceSeconds = 60;

    /// <summary>Between two starts, so that the end of one does not share the link with the next.</summary>
    private const double PauseSeconds = 0.5;
    private const string Prompt = "here-it-is";

    private static readonly string[] Program = ["sh", "-c", "printf here-; echo it-is; exec cat"];

    public string Name => "start";

    public string Group => "start";

    public void Run(NetBenchOptions options, NetReport report)
    {
        LinkOptions link = new() { DelayMillis = 25, RateKbit = 10_000 };
        using Testbed bed = Testbed.Open(link);
        if (!bed.CarriesTcp || !SshFarEnd.IsInstalled)
        {
            Console.WriteLine($"{Name}: left out, no ssh over the link here\n");
            return;
        }

        (string Name, Func<LiveSession> Start)[] contenders =
        [
            ("ssh", () => LiveSession.Start(bed, SessionPair.Ssh, options.Predict, Program)),
            ("mosh", () => LiveSession.StartWrapper(bed, "mosh", ["mosh"], options.Predict, Program)),
            ("roam, first time", () => Fresh(bed, options)),
            ("roam, again", () => Roam(bed, options)),
            ("roam, again, --transport=ssh", () => LiveSession.StartWrapper(bed, "roam", ["out/roam", "--transport=ssh"], options.Predict, Program)),
        ];
        List<double>[] times = [.. contenders.Select(_ => new List<double>())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                times[i].Add(Once(contenders[i].Start));
                Thread.Sleep(TimeSpan.FromSeconds(PauseSeconds));
            }
        }

        ResultTable table = new("", "median ms", "min", "max", "over ssh");
        double ssh = new Distribution(times[0]).Median;
        for (int i = 0; i < contenders.Length; i++)
        {
            Distribution d = new(times[i]);
            table.Add(contenders[i].Name, $"{d.Median:F0}", $"{d.Min:F0}", $"{d.Max:F0}", $"{d.Median - ssh:+0;-0}");
        }

        report.Add(Name, $"From Enter to the first text, {link}", table, $"{Rounds} rounds, in turns. First time: the far home has no Roam, so the wrapper puts it there.");
    }

    private static LiveSession Roam(Testbed bed, NetBenchOptions options) => LiveSession.StartWrapper(bed, "roam", ["out/roam"], options.Predict, Program);

    private static LiveSession Fresh(Testbed bed, NetBenchOptions options)
    {
        Directory.Delete(bed.Ssh.Home, recursive: true);
        Directory.CreateDirectory(bed.Ssh.Home);
        return Roam(bed, options);
    }

    private static double Once(Func<LiveSession> start)
    {
        long began = MonotonicClock.Nanos;
        using LiveSession session = start();
        SessionWatch watch = new([session]);
        long? shown = watch.Until(() => session.Shows(Prompt), PatienceSeconds);
        return PatientTime.Since(began, shown);
    }
}
