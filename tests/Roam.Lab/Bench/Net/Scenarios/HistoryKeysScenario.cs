using System.Text;

namespace Roam.Lab;

/// <summary>Keys on a narrow link while 10,000 lines of a log are on their way to the scrollback, beside the same without history.</summary>
internal sealed class HistoryKeysScenario : INetScenario
{
    private const int Keys = 60;
    private const double GapSeconds = 0.3;
    private const double PatienceSeconds = 60;

    private static readonly LinkOptions Link = new() { DelayMillis = 40, RateKbit = 256, QueueBytes = 64 << 10 };

    public string Name => "history-keys";

    public string Group => "history";

    public void Run(NetBenchOptions options, NetReport report)
    {
        ResultTable table = new("", "median ms", "p95", "max", "scrollback complete s", "lines in it");
        List<HistoryContender> contenders = [];
        for (int i = 0; i == 0 || i < contenders.Count; i++)
        {
            using Testbed bed = Testbed.Open(Link with { Seed = options.Seed });
            contenders = contenders.Count == 0 ? HistoryContender.Of(bed, options) : contenders;
            Measure(bed, contenders[i], options.Predict, table);
        }

        report.Add(Name, $"keys behind 10,000 lines of a log, {Link}", table, $"{Keys} keys, one each {GapSeconds} s, typed from when the end of the log is seen; a fresh link for each program. Without history nothing is on its way.");
    }

    private static void Measure(Testbed bed, HistoryContender contender, string predict, ResultTable table)
    {
        const string Log = "i=0; while [ $i -lt 10000 ]; do i=$((i+1)); echo \"$i: connection from 10.0.$((i%250)).$((i*7%250)) port $((i*31%60000)) took $((i*17%900)) ms\"; done";
        using LiveSession session = LiveSession.Start(bed, contender.Pair, predict, ["sh", "-c", $"{Log}; printf READY; cat"], ipv6: false, contender.Variables);
        SessionWatch watch = new([session]);
        watch.UntilOrThrow(() => session.Shows("READY"), PatienceSeconds, $"{contender.Name}'s log");
        long begun = MonotonicClock.Nanos;
        StringBuilder typed = new("READY");
        List<double> times = [];
        long? complete = null;
        for (int i = 0; i < Keys; i++)
        {
            char key = (char)('a' + (i % 26));
            typed.Append(key);
            string wanted = typed.ToString();
            long start = MonotonicClock.Nanos;
            session.Type([(byte)key]);
            long shown = watch.Until(() => session.Shows(wanted), PatienceSeconds) ?? throw new InvalidOperationException($"{contender.Name}: key {i} was not seen");
            times.Add(MonotonicClock.ToMillis(shown - start));
            watch.Rest(Math.Max(0, GapSeconds - (times[^1] / 1000)));
            complete ??= session.Scrollback.Count >= 10_000 - LiveSession.Height ? MonotonicClock.Nanos : null;
        }

        complete ??= watch.Until(() => session.Scrollback.Count >= 10_000 - LiveSession.Height, 30);
        Distribution d = new(times);
        table.Add(
            contender.Name, $"{d.Median:F0}", $"{d.Quantile(0.95):F0}", $"{d.Max:F0}", complete is { } at ? $"{MonotonicClock.ToMillis(at - begun) / 1000:F1}" : "-", $"{session.Scrollback.Count}");
    }
}
