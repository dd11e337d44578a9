namespace Roam.Terminal;

/// <summary>Draws one row over what the reader shows there: left to right, skipping equal cells, blank runs by erasing where that is shorter.</summary>
internal sealed class RowPainter<TDialect>(TDialect dialect)
    where TDialect : struct, IDialect
{
    /// <summary>Equal cells are printed again up to this many: a jump over them costs some seven bytes.</summary>
    private const int BridgeMax = 6;

    /// <summary>Fewer blanks than this are cheaper as spaces than as EL.</summary>
    private const int EraseLineMin = 3;

    /// <summary>ECH pays above 4 blanks if nothing follows on the row, above 11 if the cursor has to jump behind them.</summary>
    private const int EraseLastMin = 5;

    private const int EraseBetweenMin = 12;

    private Cell[] _blank = [];
    private int _height;

    /// <summary>A row of blanks in the default style.</summary>
    public ReadOnlySpan<Cell> BlankCells => _blank;

    public void SetSize(int width, int height)
    {
        _height = height;
        if (_blank.Length != width)
        {
            _blank = new Cell[width];
            _blank.AsSpan().Fill(Cell.Blank(0));
        }
    }

    public void Draw(ref Stylus<TDialect> stylus, scoped in CellComparison comparison, int y, ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after)
    {
        int x = comparison.First(before, after, 0);
        if (x == after.Length)
        {
            return;
        }

        int last = comparison.Last(before, after);
        bool all = dialect.RedrawsDoubtfulCells && WidenToDoubtful(before, after, ref x, ref last);
        if (dialect.BottomRightScrolls && y == _height - 1)
        {
            last = Math.Min(last, after.Length - (after.Length > 1 && after[^1].IsSpacer ? 3 : 2));
        }

        x = LeadOf(after, x);
        while (x <= last)
        {
            x = after[x].IsBlank ? DrawBlanks(ref stylus, y, x, last, after) : DrawCharacter(ref stylus, y, x, after);
            if (x > last || all || !comparison.Equal(before[x], after[x]))
            {
                continue;
            }

            int next = LeadOf(after, comparison.First(before, after, x));
            x = next <= last && CanBridge(ref stylus, y, x, next, after) ? Bridge(ref stylus, x, next, after) : Math.Max(x, next);
        }
    }

    private int DrawCharacter(ref Stylus<TDialect> stylus, int y, int x, ReadOnlySpan<Cell> after)
    {
        Cell cell = after[x];
        stylus.SetPen(cell.Style);
        stylus.MoveTo(y, x);
        if (dialect.RedrawsDoubtfulCells && cell.IsWide)
        {
            // A terminal that takes it for one column would leave what stood in the second.
            stylus.PrintSpaces(2);
            stylus.MoveTo(y, x);
        }

        if (dialect.RedrawsDoubtfulCells && x + stylus.Widest(cell) > after.Length)
        {
            PrintAtMargin(ref stylus, y, x, after);
        }
        else
        {
            stylus.Print(cell);
        }

        return x + (cell.IsWide ? 2 : 1);
    }

    /// <summary>
    /// A terminal that takes a character near the margin for more columns than are left would move it, or a part of it, to the next row; kept from that it may
    /// cover the cell before, which is printed again.
    /// </summary>
    private static void PrintAtMargin(ref Stylus<TDialect> stylus, int y, int x, ReadOnlySpan<Cell> after)
    {
        stylus.Sink.Put("\e[?7l"u8);
        stylus.Print(after[x]);
        stylus.Sink.Put("\e[?7h"u8);
        if (x > 0 && !IsDoubtful(after[x - 1]))
        {
            stylus.SetPen(after[x - 1].Style);
            stylus.MoveTo(y, x - 1);
            stylus.Print(after[x - 1]);
        }
    }

    private int DrawBlanks(ref Stylus<TDialect> stylus, int y, int x, int last, ReadOnlySpan<Cell> after)
    {
        Cell blank = after[x];
        int end = x + 1;
        while (end < after.Length && CellComparison.Same(after[end], blank))
        {
            end++;
        }

        int needed = Math.Min(end - 1, last) - x + 1;
        stylus.SetPen(blank.Style);
        stylus.MoveTo(y, x);
        bool erases = dialect.CanErase(stylus.Pen);
        if (erases && dialect.HasEraseLine && end == after.Length && (needed >= EraseLineMin || x + needed == end))
        {
            stylus.Sink.Put("\e[K"u8);
        }
        else if (erases && dialect.HasEraseCharacters && needed >= (x + needed > last ? EraseLastMin : EraseBetweenMin))
        {
            stylus.Sink.Put("\e["u8);
            stylus.Sink.PutNumber(needed);
            stylus.Sink.Put((byte)'X');
        }
        else
        {
            stylus.PrintSpaces(needed);
        }

        return x + needed;
    }

    /// <summary>Whether the equal cells x..next-1 can be passed by printing them: few, of the pen's style, of certain width, and the cursor stands before them.</summary>
    private static bool CanBridge(ref Stylus<TDialect> stylus, int y, int x, int next, ReadOnlySpan<Cell> after)
    {
        if (next - x > BridgeMax || !stylus.IsAt(y, x))
        {
            return false;
        }

        foreach (Cell cell in after[x..next])
        {
            if (cell.Width != 1 || cell.IsGrapheme || cell.Content >= 0x7F || !stylus.HasPen(cell.Style))
            {
                return false;
            }
        }

        return true;
    }

    private static int Bridge(ref Stylus<TDialect> stylus, int x, int next, ReadOnlySpan<Cell> after)
    {
        foreach (Cell cell in after[x..next])
        {
            stylus.Print(cell);
        }

        return next;
    }

    /// <summary>The right half of a wide character is drawn with its left half.</summary>
    private static int LeadOf(ReadOnlySpan<Cell> cells, int x) => x > 0 && x < cells.Length && cells[x].IsSpacer ? x - 1 : x;

    /// <summary>
    /// From the first cell that this or the earlier row shows in doubtful width, columns on the terminal may not be ours: if the change reaches it,
    /// everything from there to the end is drawn.
    /// </summary>
    private static bool WidenToDoubtful(ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after, ref int first, ref int last)
    {
        int doubtful = 0;
        while (doubtful <= last && !IsDoubtful(before[doubtful]) && !IsDoubtful(after[doubtful]))
        {
            doubtful++;
        }

        if (doubtful > last)
        {
            return false;
        }

        first = Math.Min(first, doubtful);
        last = after.Length - 1;
        return true;
    }

    private static bool IsDoubtful(Cell cell) => cell.Width != 1 || cell.IsGrapheme || (cell.Content >= 0x7F && !PlainWidth.IsNarrow(cell.Content));
}
