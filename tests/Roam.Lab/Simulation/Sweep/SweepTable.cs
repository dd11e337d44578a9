using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>The results of a sweep as text. They come cell by cell, each with the same pairs; the first pair is what ratios are taken to.</summary>
internal sealed class SweepTable(SweepResult[] results, int pairs)
{
    public string Text()
    {
        StringBuilder text = new();
        text.AppendLine("cell           policies                   median    mean     p95     p99 ms  datagrams/key (ratio)  longest queue ms");
        for (int i = 0; i < results.Length; i++)
        {
            SweepResult r = results[i];
            text.Append(CultureInfo.InvariantCulture, $"{r.Cell,-14} {r.Policies,-25} ");
            if (r.Failure is not null)
            {
                text.AppendLine(r.Failure);
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"{Millis(r.MedianMicros),7:F1} {Millis(r.MeanMicros),7:F1} {Millis(r.P95Micros),7:F1} {Millis(r.P99Micros),7:F1}");
            text.Append(CultureInfo.InvariantCulture, $" {r.DatagramsPerKey,10:F2} ({Ratio(i):F2})");
            text.AppendLine(r.LongestQueueMicros == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" q{Millis(r.LongestQueueMicros):F0}"));
        }

        return text.ToString();
    }

    /// <summary>Median/mean/p95/p99 ms, datagrams per key, ratio, longest queue: a column for each pair.</summary>
    public string Markdown()
    {
        StringBuilder text = new("| scenario |");
        for (int i = 0; i < pairs; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $" {results[i].Policies} |");
        }

        text.Append("\n| --- |").Insert(text.Length, " --- |", pairs).Append('\n');
        for (int i = 0; i < results.Length; i++)
        {
            SweepResult r = results[i];
            text.Append(i % pairs == 0 ? $"| {r.Cell} |" : "");
            text.Append(r.Failure is null ? $" {Summary(i)} |" : $" {r.Failure} |");
            text.Append(i % pairs == pairs - 1 ? "\n" : "");
        }

        return text.ToString();
    }

    private static double Millis(long micros) => micros / 1000.0;

    private double Ratio(int i) => results[i].DatagramsPerKey / results[i - (i % pairs)].DatagramsPerKey;

    private string Summary(int i)
    {
        SweepResult r = results[i];
        string queue = r.LongestQueueMicros == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" q{Millis(r.LongestQueueMicros):F0}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Millis(r.MedianMicros):F0}/{Millis(r.MeanMicros):F0}/{Millis(r.P95Micros):F0}/{Millis(r.P99Micros):F0} · {r.DatagramsPerKey:F1} ({Ratio(i):F2}){queue}");
    }
}
