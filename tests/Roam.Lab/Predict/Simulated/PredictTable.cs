using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>Scores as text: a line a recording, text and command keys apart, and totals below. Recorded numbers stand in brackets where they differ.</summary>
internal sealed class PredictTable(PredictRecord? record)
{
    private const int NameWidth = 16;
    private const int CellWidth = 26;

    private readonly StringBuilder _text = new();

    public string Text(IReadOnlyList<PredictResult> results)
    {
        _text.Clear();
        foreach (IGrouping<string, PredictResult> server in results.GroupBy(r => r.Server))
        {
            _text.Append(CultureInfo.InvariantCulture, $"server: {server.Key}; shown of visible keys, then keys with wrong cells, wrong cursors, leaks{(record is null ? "" : "; (recorded) where it differs")}\n");
            _text.Append("recording".PadRight(NameWidth)).Append("text".PadRight(CellWidth)).Append("command\n");
            PredictionScore now = default;
            PredictionScore before = default;
            foreach (PredictResult result in server)
            {
                PredictionScore? recorded = record?.Find(result);
                AppendRow(result.Name, result.Score, recorded);
                now += result.Score;
                before += recorded ?? result.Score;
            }

            AppendRow("TOTAL", now, record is null ? null : before);
            AppendSummary("text", now.Text);
            AppendSummary("command", now.Command);
            AppendSummary("all", now.Total);
        }

        return _text.ToString();
    }

    private void AppendRow(string name, PredictionScore now, PredictionScore? recorded)
    {
        _text.Append(name.PadRight(NameWidth));
        AppendGroup(now.Text, recorded?.Text);
        AppendGroup(now.Command, recorded?.Command);
        if (recorded is null && record is not null)
        {
            _text.Append("(not recorded)");
        }

        _text.Length = _text.ToString().TrimEnd().Length;
        _text.Append('\n');
    }

    private void AppendGroup(GroupScore now, GroupScore? recorded)
    {
        string cell = now.Keys == 0 ? "-" : Cell(now);
        _text.Append((recorded is { } was && was != now ? $"{cell} ({(was.Keys == 0 ? "-" : Cell(was))})" : cell).PadRight(CellWidth));
    }

    private static string Cell(GroupScore s) =>
        string.Create(CultureInfo.InvariantCulture, $"{s.Shown}/{s.Visible} {s.ShownPercent:F1}% {s.WrongCells} {s.WrongCursors} {s.Leaked}");

    private void AppendSummary(string name, GroupScore s) => _text.Append(
        CultureInfo.InvariantCulture,
        $"  {name}: {s.Keys} keys, {s.ShownPercent:F1} % of {s.Visible} visible shown ({s.ShownAtCursorPercent:F1} % by the cursor's rows alone); of the shown {s.WrongCellPercent:F2} % with a wrong cell, {s.WrongCursorPercent:F2} % with a wrong cursor; {s.Leaked} leaked\n");
}
