using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>The rows of a sweep as text. They come cell by cell, each with the same pairs of policies; the first pair is what ratios are taken to.</summary>
internal sealed class SweepTable(SweepRow[] rows, int pairs)
{
    private const int NumberWidth = 24;

    private readonly int _policiesWidth = rows.Max(r => r.Now.Policies.Length);

    /// <summary>A line a row, each number beside the recorded one and the difference.</summary>
    public string Text()
    {
        StringBuilder text = new("number (recorded, difference); = as recorded\n");
        text.Append("cell".PadRight(15)).Append("policies".PadRight(_policiesWidth + 1));
        foreach (string name in (string[])["median ms", "mean ms", "p95 ms", "p99 ms", "datagrams/key", "queue ms"])
        {
            text.Append(name.PadRight(NumberWidth));
        }

        text.Append("ratio\n");
        for (int i = 0; i < rows.Length; i++)
        {
            AppendLine(text, i);
        }

        return text.ToString();
    }

    /// <summary>Median/mean/p95/p99 ms, datagrams per key, ratio, longest queue: a column for each pair.</summary>
    public string Markdown()
    {
        StringBuilder text = new("| scenario |");
        for (int i = 0; i < pairs; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $" {rows[i].Now.Policies} |");
        }

        text.Append("\n| --- |").Insert(text.Length, " --- |", pairs).Append('\n');
        for (int i = 0; i < rows.Length; i++)
        {
            text.Append(i % pairs == 0 ? $"| {rows[i].Cell.Name} |" : "");
            text.Append(CultureInfo.InvariantCulture, $" {rows[i].Now.Failure ?? Summary(i)} |");
            text.Append(i % pairs == pairs - 1 ? "\n" : "");
        }

        return text.ToString();
    }

    private void AppendLine(StringBuilder text, int i)
    {
        (SweepResult now, SweepResult? recorded) = (rows[i].Now, rows[i].Recorded);
        text.Append(now.Cell.PadRight(15)).Append(now.Policies.PadRight(_policiesWidth + 1));
        if (now.Failure is null)
        {
            Append(text, Millis(now.MedianMicros), Millis(recorded?.MedianMicros), "F1");
            Append(text, Millis(now.MeanMicros), Millis(recorded?.MeanMicros), "F1");
            Append(text, Millis(now.P95Micros), Millis(recorded?.P95Micros), "F1");
            Append(text, Millis(now.P99Micros), Millis(recorded?.P99Micros), "F1");
            Append(text, now.DatagramsPerKey, recorded?.DatagramsPerKey, "F2");
            Append(text, Millis(now.LongestQueueMicros), Millis(recorded?.LongestQueueMicros), "F0");
            text.Append(CultureInfo.InvariantCulture, $"{Ratio(i):F2}{(now.IsStuck ? " (stuck)" : "")}");
        }

        text.Append(rows[i].Fault is string fault ? $"  FAILED: {fault}\n" : "\n");
    }

    private static void Append(StringBuilder text, double now, double? recorded, string format)
    {
        string number = now.ToString(format, CultureInfo.InvariantCulture);
        string beside = recorded is not double was ? "" : was == now ? " =" : string.Create(
            CultureInfo.InvariantCulture, $" ({was.ToString(format, CultureInfo.InvariantCulture)} {(now > was ? "+" : "")}{(now - was).ToString(format, CultureInfo.InvariantCulture)})");
        text.Append((number + beside).PadRight(NumberWidth));
    }

    private static double Millis(long micros) => micros / 1000.0;

    private static double? Millis(long? micros) => micros / 1000.0;

    private double Ratio(int i) => rows[i].Now.DatagramsPerKey / rows[i - (i % pairs)].Now.DatagramsPerKey;

    private string Summary(int i)
    {
        SweepResult r = rows[i].Now;
        string queue = r.LongestQueueMicros == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" q{Millis(r.LongestQueueMicros):F0}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Millis(r.MedianMicros):F0}/{Millis(r.MeanMicros):F0}/{Millis(r.P95Micros):F0}/{Millis(r.P99Micros):F0} · {r.DatagramsPerKey:F1} ({Ratio(i):F2}){queue}{(r.IsStuck ? " stuck" : "")}");
    }
}
