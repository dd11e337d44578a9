using System.Globalization;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// The verdicts of one run for whoever works on an engine: for each key what the program's row was before, what it became and when, and what the client showed 30 ms after the key.
/// A caret stands under each cursor; an equals sign in place of a row says that it is as the one above.
/// </summary>
internal sealed class KeyTrace(string only)
{
    /// <summary>Of what stands before each row.</summary>
    private const int MarginWidth = 15;

    private readonly StringBuilder _text = new();

    /// <summary>"missed", "wrong", "leaked", "shown", or keys by number: "12-40".</summary>
    public static bool IsFilter(string only) => only is "" or "missed" or "wrong" or "leaked" or "shown" || Range(only) is not null;

    public string Text(PredictResult result) => Text($"{result.Name}, server {result.Server}", result.Verdicts);

    public string Text(string title, IEnumerable<KeyVerdict> verdicts)
    {
        _text.Clear();
        _text.Append(CultureInfo.InvariantCulture, $"=== {title}\n");
        foreach (KeyVerdict verdict in verdicts.Where(Matches))
        {
            Append(verdict);
        }

        return _text.ToString();
    }

    private bool Matches(KeyVerdict v) => only switch
    {
        "" => true,
        "missed" => v.IsVisible && !v.IsShown,
        "wrong" => v.IsWrong,
        "leaked" => v.IsLeaked,
        "shown" => v.IsShown,
        _ => Range(only) is { } range && v.Number >= range.First && v.Number <= range.Last,
    };

    private static (int First, int Last)? Range(string text)
    {
        string[] ends = text.Split('-');
        return ends.Length <= 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last) ? (first, last) : null;
    }

    private void Append(KeyVerdict v)
    {
        string what = !v.Counts ? "before the client" : !v.IsVisible ? "invisible" : v.IsShown ? "shown" : v.IsShownAtCursor ? "MISSED but at the cursor" : "MISSED";
        _text.Append(CultureInfo.InvariantCulture, $"#{v.Number} {v.Micros / 1e6:F3} s  {v.Key.Name}  {v.Key.Group.ToString().ToLowerInvariant()}{(v.Key.IsSecret ? " secret" : "")}: {what}");
        if (!v.Counts)
        {
            _text.Append('\n');
            return;
        }

        Screen answer = v.Answer ?? v.Before!;
        _text.Append(v.IsVisible ? string.Create(CultureInfo.InvariantCulture, $", answered after {v.AnswerMicros / 1000.0:F1} ms") : "");
        _text.Append(CultureInfo.InvariantCulture, $"; cursor {Place(v.Before!)} -> {Place(answer)}, client {Place(v.ClientBefore!)} -> {Place(v.ClientAfter!)}");
        _text.Append(v.IsLeaked ? " LEAKED" : "").Append(v.HasWrongCursor ? " WRONG CURSOR" : "");
        if (v.WrongCell is { } cell)
        {
            _text.Append(CultureInfo.InvariantCulture, $" WRONG {v.WrongCells} cells, first {cell.Row},{cell.Column}: '{Glyphs.At(v.ClientAfter!, cell.Row, cell.Column)}' for '{Glyphs.At(answer, cell.Row, cell.Column)}'");
        }

        _text.Append('\n');
        AppendRows(v, answer);
    }

    private void AppendRows(KeyVerdict v, Screen answer)
    {
        SortedSet<int> rows = [v.Before!.Cursor.Row, answer.Cursor.Row, v.ClientAfter!.Cursor.Row];
        if (v.IsVisible && Glyphs.FirstDifference(v.Before, answer) is { } changed)
        {
            rows.Add(changed.Row);
        }

        if (v.WrongCell is { } wrong)
        {
            rows.Add(wrong.Row);
        }

        foreach (int row in rows)
        {
            AppendRow("before", row, v.Before, null);
            AppendRow("program", row, answer, v.Before);
            AppendRow("client", row, v.ClientAfter, answer);
        }
    }

    private void AppendRow(string name, int row, Screen screen, Screen? above)
    {
        string text = ScreenText.Row(screen, row);
        bool isSame = above is not null && ScreenText.Row(above, row) == text && Caret(above, row) == Caret(screen, row);
        _text.Append(CultureInfo.InvariantCulture, $"  {name,8} {row,3}|{(isSame ? "=" : text)}\n");
        if (!isSame && Caret(screen, row) is int column and >= 0)
        {
            _text.Append(' ', MarginWidth + column).Append("^\n");
        }
    }

    private static int Caret(Screen screen, int row) => screen.Cursor.Row == row && Cursors.Visible(screen) ? screen.Cursor.Column : -1;

    private static string Place(Screen screen) => screen.Modes.CursorHidden ? "hidden" : string.Create(CultureInfo.InvariantCulture, $"{screen.Cursor.Row},{screen.Cursor.Column}");
}
