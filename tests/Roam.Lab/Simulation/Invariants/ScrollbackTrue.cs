using System.Runtime.InteropServices;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// H2: what comes into the terminal's scrollback is what is committed, row by row: text, renditions, wraps; so never a guess or the bar. A terminal whose window changes pushes rows by itself, and
/// the painter may push some again: those are the only ones that may be there twice (docs/history.md). At the end scrollback and last picture are all that was printed, and what the user had before.
/// </summary>
internal sealed class ScrollbackTrue() : Invariant("H2 scrollback")
{
    /// <summary>Rows that the terminal pushed, oldest first, as long as the painter may take them for lines that come later.</summary>
    private readonly List<LineMark> _pushed = [];

    /// <summary>Rows that came by a change of the window and are no line's turn.</summary>
    public int Doubled { get; private set; }

    public override void OnTerminalPushed(List<LineMark> rows)
    {
        _pushed.AddRange(rows);
        Doubled += rows.Count;
    }

    public override void OnCommit(SimWorld world, CommitStep step)
    {
        if (world.Client.Terminal is not { KeepsHistory: true } || (step.Entries.Count == 0 && step.Shown.Count == 0))
        {
            return;
        }

        List<LineMark> expected = [];
        bool isCutAnew = false;
        for (int i = 0; i < step.Entries.Count; i++)
        {
            HistoryLineHead head = step.Entries[i];
            expected.Add(head.IsGap ? GapMark(head.GapCount, step.Width) : step.Expected[i]!.Value);
            isCutAnew |= !head.IsGap && head.Width != step.Width && (head.Wrapped || expected[^1].Extent > step.Width || IsContinued(step, i));
        }

        ReadOnlySpan<LineMark> lines = CollectionsMarshal.AsSpan(expected);
        ReadOnlySpan<LineMark> rows = CollectionsMarshal.AsSpan(step.Shown);
        int extraMax = step.Settles ? Math.Min(rows.Length, 2 * step.Height) : 0;
        int takenMax = Math.Min(lines.Length, _pushed.Count);
        for (int extra = 0; extra <= extraMax; extra++)
        {
            for (int taken = 0; taken <= takenMax; taken++)
            {
                if (Fits(lines[taken..], rows[extra..], isCutAnew, step.Width) && TryTake(lines[..taken]))
                {
                    CheckWraps(step, lines[taken..], rows[extra..], isCutAnew);
                    Doubled += extra - taken;
                    return;
                }
            }
        }

        Check(false, Describe(step, lines, rows));
    }

    /// <summary>A row that continues a line of another width is cut anew with it.</summary>
    private static bool IsContinued(CommitStep step, int i) => i > 0 && step.Entries[i - 1] is { IsGap: false, Wrapped: true };

    private static bool Fits(ReadOnlySpan<LineMark> lines, ReadOnlySpan<LineMark> rows, bool isCutAnew, int width)
    {
        if (isCutAnew && width == 1)
        {
            // Nothing that takes two columns can be shown.
            return true;
        }

        if (isCutAnew)
        {
            LineMark text = Joined(lines);
            LineMark shown = Joined(rows);
            return text.Letters == shown.Letters && text.LetterCount == shown.LetterCount;
        }

        if (lines.Length != rows.Length)
        {
            return false;
        }

        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Cells != rows[i].Cells)
            {
                return false;
            }
        }

        return true;
    }

    private static LineMark Joined(ReadOnlySpan<LineMark> rows)
    {
        LineMark text = default;
        foreach (LineMark row in rows)
        {
            text = text.Then(row);
        }

        return text;
    }

    /// <summary>Lines that were committed without a byte: the terminal must have pushed them, in this order.</summary>
    private bool TryTake(ReadOnlySpan<LineMark> lines)
    {
        int at = 0;
        foreach (LineMark line in lines)
        {
            while (at < _pushed.Count && _pushed[at].Cells != line.Cells)
            {
                at++;
            }

            if (at == _pushed.Count)
            {
                return false;
            }

            at++;
        }

        _pushed.RemoveRange(0, at);
        return true;
    }

    /// <summary>A row is never joined to one that it does not continue; one that does is joined, but where a terminal may measure the characters at the edge otherwise, or its end was not there yet.</summary>
    private void CheckWraps(CommitStep step, ReadOnlySpan<LineMark> lines, ReadOnlySpan<LineMark> rows, bool isCutAnew)
    {
        for (int i = 0; i < rows.Length && !isCutAnew; i++)
        {
            Check(lines[i].Wrapped || !rows[i].Wrapped, $"line {step.Entries[i + step.Entries.Count - rows.Length].Number} is joined to the next");
            bool mayBreak = i == rows.Length - 1 || lines[i].OddEnd || lines[i + 1].OddStart || rows.Length >= CanvasPlan.LongLineRowsMax;
            Check(!lines[i].Wrapped || rows[i].Wrapped || mayBreak, $"line {step.Entries[i + step.Entries.Count - rows.Length].Number} is not joined to the next");
        }
    }

    private static LineMark GapMark(ulong count, int width)
    {
        ScreenTables tables = new();
        _ = tables.Styles.TryIntern(new Style(Color.Default, Color.Default, Color.Default, StyleAttributes.Faint), out ushort faint);
        string text = count == 1 ? "[... 1 line not kept ...]" : $"[... {count} lines not kept ...]";
        Cell[] cells = [.. text[..Math.Min(width, text.Length)].Select(c => Cell.Of(c, 1, Cell.Attributes(faint, 0, isProtected: false)))];
        return LineMark.Of(cells, tables, wrapped: false);
    }

    public override void OnPictureLeft(SimWorld world, Screen last)
    {
        PaintedTerminal terminal = world.Client.Terminal!;
        ulong next = world.Client.Session.History.Next;
        Check(terminal.HasEarlierRows, "what was in the scrollback before the session is not there any more");
        Check(next == last.LinesAbove, $"the scrollback ends before line {next}, the last picture begins at {last.LinesAbove}");
        for (int y = 0; y < last.Height && !last.IsAlternate && terminal.Screen.Height == last.Height && terminal.Screen.Width == last.Width; y++)
        {
            Check(terminal.Screen.RowEquals(y, last, y), $"row {y} of the picture that stays is not the last one's");
        }
    }

    private string Describe(CommitStep step, ReadOnlySpan<LineMark> lines, ReadOnlySpan<LineMark> rows)
    {
        int same = 0;
        while (same < lines.Length && same < rows.Length && lines[same].Cells == rows[same].Cells)
        {
            same++;
        }

        string from = step.Entries.Count == 0 ? "none" : $"{step.Entries[0].Number}..{step.Entries[^1].Number}";
        return $"lines {from} are committed ({lines.Length}) and {rows.Length} rows came to the scrollback, of which {same} are the same from the first on; "
            + $"the terminal had pushed {_pushed.Count} rows{(step.Settles ? ", the window was changed" : "")}";
    }
}
