namespace Roam.Lab;

/// <summary>
/// The path swallows long IP packets without a word, as a tunnel with filtered ICMP does, from a moment on when the session is up already. A page of random text needs
/// several datagrams: how long until it stands complete. All programs at the same time.
/// </summary>
internal sealed record MtuScenario(string Name, int HoleBytes) : INetScenario
{
    private const int Pages = 4;
    private const double StartSeconds = 30;
    private const double SettleSeconds = 2;
    private const double PatienceSeconds = 30;

    public string Group => "mtu";

    public void Run(NetBenchOptions options, NetReport report)
    {
        LinkOptions link = new() { DelayMillis = 50 };
        LinkOptions hole = link with { MtuHoleBytes = HoleBytes };
        using Testbed bed = Testbed.Open(link);
        List<LiveSession> sessions = LiveSession.StartAll(bed, bed.Contenders(options), options.Predict, ProgramVerb.CommandOf("page"));
        try
        {
            SessionWatch watch = new(sessions);
            watch.UntilOrThrow(() => sessions.All(s => s.Shows(PageProgram.Ready)), StartSeconds, "the page programs");
            watch.Rest(SettleSeconds);
            bed.Link.Options = hole;
            List<double>[] times = [.. sessions.Select(_ => new List<double>())];
            for (int page = 1; page <= Pages; page++)
            {
                Turn(watch, sessions, PageProgram.Page(page), times);
                watch.Rest(SettleSeconds);
            }

            report.Add(
                Name, $"A page of random text, {hole}", FreshPicture.Table(sessions, times),
                $"From the key until the page is complete; {Pages} pages. never: not within {PatienceSeconds} s.");
        }
        finally
        {
            sessions.ForEach(s => s.Dispose());
        }
    }

    private static void Turn(SessionWatch watch, List<LiveSession> sessions, string[] page, List<double>[] times)
    {
        long start = MonotonicClock.Nanos;
        long deadline = start + (long)(PatienceSeconds * MonotonicClock.NanosPerSecond);
        long?[] complete = new long?[sessions.Count];
        sessions.ForEach(s => s.Type(" "u8));
        for (long now = start; now < deadline && complete.Contains(null);)
        {
            now = watch.Wait(deadline);
            for (int i = 0; i < sessions.Count; i++)
            {
                complete[i] ??= IsComplete(sessions[i], page) ? now : null;
            }
        }

        for (int i = 0; i < sessions.Count; i++)
        {
            times[i].Add(PatientTime.Since(start, complete[i]));
        }
    }

    private static bool IsComplete(LiveSession session, string[] page)
    {
        for (int y = page.Length - 1; y >= 0; y--)
        {
            if (session.RowText(y) != page[y])
            {
                return false;
            }
        }

        return true;
    }
}
