using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Roam.Lab;

/// <summary>The results as lines, as a table for docs/benchmarks.md, and as JSON.</summary>
internal sealed class PredictBenchReport(PredictBenchOptions options, IReadOnlyList<LiveResult> results)
{
    private const int NameWidth = 14;
    private const int PairWidth = 7;
    private const int GroupWidth = 34;

    private static readonly (string Name, Func<PredictionScore, GroupScore> Of)[] Groups =
        [("text", s => s.Text), ("command", s => s.Command), ("all", s => s.Total)];

    /// <summary>Above the lines.</summary>
    public static string Head =>
        "shown of visible keys, keys with a wrong cell, with a wrong cursor, leaked; CPU of the client by key\n"
        + $"{"workload",-NameWidth} {"pair",-PairWidth} {"text",-GroupWidth}{"command",-GroupWidth}CPU";

    public static string Line(LiveResult r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Workload,-NameWidth} {r.Pair,-PairWidth} {Cell(r.Score.Text),-GroupWidth}{Cell(r.Score.Command),-GroupWidth}{r.CpuMicrosPerKey:F0} us");

    public string Totals()
    {
        StringBuilder text = new("\n" + TotalTable().ToText());
        text.Append(CultureInfo.InvariantCulture, $"{results.Select(r => r.Workload).Distinct().Count()} workloads, {Conditions()}\n");
        return text.ToString();
    }

    public string Markdown(string command)
    {
        List<string> header = ["workload"];
        header.AddRange(options.Pairs.Select(p => p.Name));
        ResultTable table = new([.. header]);
        foreach (IGrouping<string, LiveResult> workload in results.GroupBy(r => r.Workload))
        {
            table.Add([workload.Key, .. options.Pairs.Select(p => workload.FirstOrDefault(r => r.Pair == p.Name) is { } r ? Short(r.Score.Total) : "-")]);
        }

        return $"`{command}`: {Conditions()}\n\n{TotalTable().ToMarkdown()}\nShown of the visible keys; keys with a wrong cell, with a wrong cursor:\n\n{table.ToMarkdown()}";
    }

    public byte[] Json()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("predict", options.Predict);
            json.WriteNumber("rttMillis", options.RoundTripMillis);
            json.WriteNumber("seed", options.Seed);
            json.WriteNumber("hurry", options.Hurry);
            json.WriteStartArray("results");
            foreach (LiveResult result in results)
            {
                Write(json, result);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, LiveResult result)
    {
        json.WriteStartObject();
        json.WriteString("workload", result.Workload);
        json.WriteString("pair", result.Pair);
        json.WriteNumber("cpuMicrosPerKey", Math.Round(result.CpuMicrosPerKey, 1));
        foreach ((string name, Func<PredictionScore, GroupScore> of) in Groups[..2])
        {
            GroupScore s = of(result.Score);
            json.WriteStartObject(name);
            json.WriteNumber("keys", s.Keys);
            json.WriteNumber("visible", s.Visible);
            json.WriteNumber("shown", s.Shown);
            json.WriteNumber("shownAtCursor", s.ShownAtCursor);
            json.WriteNumber("wrongCells", s.WrongCells);
            json.WriteNumber("wrongCursors", s.WrongCursors);
            json.WriteNumber("leaked", s.Leaked);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private ResultTable TotalTable()
    {
        ResultTable table = new("pair, keys", "keys", "visible", "shown", "wrong cell", "wrong cursor", "leaked", "client CPU a key");
        foreach (SessionPair pair in options.Pairs)
        {
            List<LiveResult> mine = [.. results.Where(r => r.Pair == pair.Name)];
            PredictionScore sum = mine.Aggregate(default(PredictionScore), (s, r) => s + r.Score);
            foreach ((string name, Func<PredictionScore, GroupScore> of) in Groups)
            {
                GroupScore s = of(sum);
                string cpu = name == "all" && s.Keys > 0 ? Text($"{mine.Sum(r => r.CpuMicrosPerKey * r.Score.Total.Keys) / s.Keys:F0} us") : "";
                table.Add(
                    $"{pair.Name}, {name}", Text($"{s.Keys}"), Text($"{s.Visible}"), Text($"{s.ShownPercent:F1} %"), Text($"{s.WrongCellPercent:F2} % ({s.WrongCells})"),
                    Text($"{s.WrongCursorPercent:F2} % ({s.WrongCursors})"), Text($"{s.Leaked}"), cpu);
            }
        }

        return table;
    }

    private string Conditions() => string.Create(
        CultureInfo.InvariantCulture,
        $"RTT {options.RoundTripMillis} ms, predictions {options.Predict}, seed {options.Seed}{(options.Hurry == 1 ? "" : $", gaps times {options.Hurry:0.##}")}.");

    private static string Cell(GroupScore s) =>
        s.Keys == 0 ? "-" : Text($"{s.Keys} keys {s.Shown}/{s.Visible} {s.ShownPercent:F1} % {s.WrongCells} {s.WrongCursors} {s.Leaked}");

    private static string Short(GroupScore s) => Text($"{s.ShownPercent:F1} %; {s.WrongCells}, {s.WrongCursors}") + (s.Leaked == 0 ? "" : Text($"; {s.Leaked} leaked"));

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
