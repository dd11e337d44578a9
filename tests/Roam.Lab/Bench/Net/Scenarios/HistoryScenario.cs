using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>`seq 1 100000`: when the last screen is there, with history and without, and when all that the server keeps is in the terminal's scrollback, in order.</summary>
internal sealed class HistoryScenario : INetScenario
{
    private const int Last = 100_000;
    private const int Rounds = 5;
    private const double PatienceSeconds = 60;

    private static readonly LinkOptions Link = new() { DelayMillis = 10, RateKbit = 10_000 };

    public string Name => "history";

    public string Group => "history";

    public void Run(NetBenchOptions options, NetReport report)
    {
        using Testbed bed = Testbed.Open(Link);
        List<HistoryContender> contenders = HistoryContender.Of(bed, options);
        List<Sample>[] samples = [.. contenders.Select(_ => new List<Sample>())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                samples[i].Add(Measure(bed, contenders[i], options.Predict));
            }
        }

        ResultTable table = new("", "last screen ms", "each", "scrollback complete ms", "lines in it", "in order", "server private KiB", "down KiB");
        for (int i = 0; i < contenders.Count; i++)
        {
            Sample s = samples[i].OrderBy(x => x.ScreenMillis).ElementAt(Rounds / 2);
            double complete = samples[i].Max(x => x.CompleteMillis);
            table.Add(
                contenders[i].Name, $"{s.ScreenMillis:F0}", string.Join(' ', samples[i].Select(x => $"{x.ScreenMillis:F0}")), double.IsNaN(complete) ? "-" : $"{complete:F0} (worst)",
                $"{samples[i].Min(x => x.Lines)}", samples[i].All(x => x.InOrder) ? "yes" : "NO", $"{s.ServerKib}", $"{s.Traffic.DownBytes / 1024.0:F0}");
        }

        report.Add(Name, $"seq 1 {Last}, {Link}", table, $"One program after the other; of {Rounds} rounds the one with the median time. Complete: the newest 10,000 lines, or all where the terminal gets all.");
    }

    private static Sample Measure(Testbed bed, HistoryContender contender, string predict)
    {
        using LiveSession session = LiveSession.Start(bed, contender.Pair, predict, ["sh", "-c", $"stty -echo; echo READY; read x; seq 1 {Last}; printf DONE; read x"], ipv6: false, contender.Variables);
        SessionWatch watch = new([session]);
        watch.UntilOrThrow(() => session.Shows("READY"), PatienceSeconds, $"{contender.Name}'s shell");
        watch.Rest(1);
        Traffic traffic = session.Traffic;
        long start = MonotonicClock.Nanos;
        session.Type("\r"u8);
        long screen = watch.Until(() => session.Shows("DONE"), PatienceSeconds) ?? throw new InvalidOperationException($"{contender.Name}: the end was not seen");

        // The last line above a screen that ends with DONE.
        int top = Last - LiveSession.Height + 1;
        long? complete = watch.Until(() => NewestNumber(session.Scrollback) == top, 10);
        (int lines, bool inOrder) = Check(session.Scrollback);
        return new Sample(
            MonotonicClock.ToMillis(screen - start), complete is { } at ? MonotonicClock.ToMillis(at - start) : double.NaN, lines, inOrder, session.ServerPrivateKib, session.Traffic - traffic);
    }

    private static int NewestNumber(HistoryLog log) => log.Count == 0 ? 0 : NumberAt(log, log.Next - 1);

    /// <summary>0: it is no number.</summary>
    private static int NumberAt(HistoryLog log, ulong line) =>
        log.TryGet(line, out ReadOnlySpan<byte> record) && HistoryLineReader.TryReadHead(record, line, out HistoryLineHead head)
        && int.TryParse(Encoding.ASCII.GetString(record[^Math.Min(head.Occupied, record.Length)..]), out int number)
            ? number
            : 0;

    /// <summary>How many of the numbers are there, and whether each is above the one before; a gap is no number.</summary>
    private static (int Lines, bool InOrder) Check(HistoryLog log)
    {
        int lines = 0;
        int last = 0;
        bool inOrder = true;
        for (ulong n = log.First; n < log.Next; n++)
        {
            int number = NumberAt(log, n);
            if (number != 0)
            {
                inOrder &= number > last;
                (lines, last) = (lines + 1, number);
            }
        }

        return (lines, inOrder);
    }

    private readonly record struct Sample(double ScreenMillis, double CompleteMillis, int Lines, bool InOrder, long ServerKib, Traffic Traffic);
}
