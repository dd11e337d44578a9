namespace Roam.Terminal;

/// <summary>Draws one row over what the reader shows there: left to right, skipping equal cells, blank runs by erasing where that is shorter.</summary>
internal sealed class RowPainter<TDialect>(TDialect dialect)
    where TDialect : struct, IDialect
{
    /// <summary>Equal cells are printed again up to this many where a jump over them costs no less.</summary>
    private const int BridgeMax = 10;

    /// <summary>Fewer blanks than this are cheaper as spaces than as EL.</summary>
    private const int EraseLineMin = 3;

    /// <summary>A row with fewer cells to draw is not searched for a shift.</summary>
    private const int ShiftSpanMin = 6;

    private readonly RowShift _shift = new();
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
        bool lastIsOutOfReach = dialect.BottomRightScrolls && y == _height - 1;
        if (lastIsOutOfReach)
        {
            last = Math.Min(last, after.Length - (after.Length > 1 && after[^1].IsSpacer ? 3 : 2));
        }

        if (dialect.HasInsertDelete && !all && before != BlankCells && !lastIsOutOfReach && comparison.SameTables && last - x >= ShiftSpanMin && Shift(ref stylus, y, x, before, after))
        {
            before = _shift.Shifted;
            x = comparison.First(before, after, x);
            last = x == after.Length ? -1 : comparison.Last(before, after);
        }

        x = LeadOf(after, x);
        while (x <= last)
        {
            x = after[x].IsBlank ? DrawBlanks(ref stylus, y, x, last, after) : DrawCharacter(ref stylus, y, x, last, after);
            if (x > last || all || !comparison.Equal(before[x], after[x]))
            {
                continue;
            }

            if (after[x].Link == 0)
            {
                stylus.SetLink(0);
            }

            int next = LeadOf(after, comparison.First(before, after, x));
            x = next <= last && CanBridge(ref stylus, y, x, next, after) ? Bridge(ref stylus, x, next, after) : Math.Max(x, next);
        }

        stylus.SetLink(0);
    }

    internal int DrawCharacter(ref Stylus<TDialect> stylus, int y, int x, int last, ReadOnlySpan<Cell> after)
    {
        Cell cell = after[x];
        stylus.SetPen(cell.Style);
        stylus.MoveTo(y, x);
        stylus.SetLink(cell.Link);
        if (dialect.HasRepeat && !cell.IsGrapheme && cell.Content < 0x7F)
        {
            return PrintRun(ref stylus, x, last, after);
        }

        if (dialect.RedrawsDoubtfulCells && cell.IsWide && IsDoubtful(cell))
        {
            // A terminal that takes it for one column would leave what stood in the second.
            stylus.PrintSpaces(2);
            stylus.MoveTo(y, x);
        }

        if (dialect.RedrawsDoubtfulCells && IsDoubtful(cell) && x + stylus.ColumnsMax(cell) > after.Length)
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
    /// A terminal that takes the character for more columns than are left would go on in the next row. Kept from that it may, in the last column, cover the cell
    /// before, which is printed again; what stands behind is drawn anyway.
    /// </summary>
    private void PrintAtMargin(ref Stylus<TDialect> stylus, int y, int x, ReadOnlySpan<Cell> after)
    {
        stylus.Sink.Put("\e[?7l"u8);
        stylus.Print(after[x]);
        stylus.Sink.Put("\e[?7h"u8);
        int left = LeadOf(after, Math.Max(x - 1, 0));
        if (x == after.Length - 1 && left < x && !IsDoubtful(after[left]))
        {
            stylus.SetPen(after[left].Style);
            stylus.MoveTo(y, left);
            stylus.SetLink(after[left].Link);
            stylus.Print(after[left]);
        }
    }

    private int PrintRun(ref Stylus<TDialect> stylus, int x, int last, ReadOnlySpan<Cell> after)
    {
        int end = x + 1;
        while (end <= last && CellComparison.Same(after[end], after[x], dialect.HasLinks))
        {
            end++;
        }

        stylus.PrintRepeated((byte)Math.Max(after[x].Content, ' '), end - x);
        return end;
    }

    private int DrawBlanks(ref Stylus<TDialect> stylus, int y, int x, int last, ReadOnlySpan<Cell> after)
    {
        Cell blank = after[x];
        int end = x + 1;
        while (end < after.Length && CellComparison.Same(after[end], blank, dialect.HasLinks))
        {
            end++;
        }

        int needed = Math.Min(end - 1, last) - x + 1;
        stylus.SetPen(blank.Style);
        stylus.SetLink(blank.Link);
        bool erases = !stylus.HasLinkOpen && dialect.CanErase(stylus.Pen);
        if (erases && dialect.HasEraseLine && end == after.Length && (needed >= EraseLineMin || x + needed == end))
        {
            stylus.MoveTo(y, x);
            stylus.Sink.Put("\e[K"u8);
            return x + needed;
        }

        int jump = x + needed > last ? 0 : Motion(y, x, x + needed);
        int eraseBytes = 3 + CursorMotion.Digits(needed) + jump;
        bool erasesCharacters = erases && dialect.HasEraseCharacters && eraseBytes < needed;
        if (erases && dialect.HasEraseLineStart && x == 0 && needed > 1
            && stylus.MoveBytes(y, needed - 1) + 5 < stylus.MoveBytes(y, 0) + (erasesCharacters ? eraseBytes : needed))
        {
            // EL 1 takes the cursor's cell too; a space over it is the shortest way behind it.
            stylus.MoveTo(y, needed - 1);
            stylus.Sink.Put("\e[1K"u8);
            stylus.PrintSpaces(1);
            return needed;
        }

        stylus.MoveTo(y, x);
        if (erasesCharacters)
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

    private int Motion(int y, int from, int to) => CursorMotion.Between(dialect, y, from, y, to).Bytes;

    /// <summary>Whether the equal cells x..next-1 can be passed by printing them: few, of the pen's style, of certain width, and the cursor stands before them.</summary>
    private static bool CanBridge(ref Stylus<TDialect> stylus, int y, int x, int next, ReadOnlySpan<Cell> after) =>
        next - x <= BridgeMax && stylus.IsAt(y, x) && next - x <= stylus.MoveBytes(y, next) && CanPrintOver(ref stylus, after[x..next]);

    /// <summary>ASCII of the pen's style and link: printing it again changes nothing and moves the cursor by a column each.</summary>
    public static bool CanPrintOver(ref Stylus<TDialect> stylus, ReadOnlySpan<Cell> cells)
    {
        foreach (Cell cell in cells)
        {
            if (cell.Width != 1 || cell.IsGrapheme || cell.Content >= 0x7F || !stylus.HasPen(cell.Style) || !stylus.HasLink(cell.Link))
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
    internal static int LeadOf(ReadOnlySpan<Cell> cells, int x) => x > 0 && x < cells.Length && cells[x].IsSpacer ? x - 1 : x;

    /// <summary>
    /// From the first cell that this or the earlier row shows in doubtful width, columns on the terminal may not be ours: if the change reaches it,
    /// everything from there to the end is drawn.
    /// </summary>
    private bool WidenToDoubtful(ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after, ref int first, ref int last)
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

    /// <summary>ICH or DCH when it pays. Nothing of doubtful or double width may stand where cells move.</summary>
    private bool Shift(ref Stylus<TDialect> stylus, int y, int first, ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after)
    {
        for (int x = first; x < after.Length; x++)
        {
            if (before[x].Width != 1 || after[x].Width != 1 || IsDoubtful(before[x]) || IsDoubtful(after[x]))
            {
                return false;
            }
        }

        if (!_shift.TryFind(before, after, first, out int count))
        {
            return false;
        }

        stylus.SetPen(Style.Default);
        stylus.MoveTo(y, first);
        stylus.Sink.Put("\e["u8);
        if (count is not (1 or -1))
        {
            stylus.Sink.PutNumber(Math.Abs(count));
        }

        stylus.Sink.Put(count > 0 ? (byte)'@' : (byte)'P');
        return true;
    }

    /// <summary>The right half of a wide character is as certain as its left half, which is looked at first.</summary>
    internal bool IsDoubtful(Cell cell) => !cell.IsSpacer && (cell.IsGrapheme
        || (cell.IsWide ? !dialect.IsWide(cell.Content) : cell.Content >= 0x7F && !dialect.IsNarrow(cell.Content)));
}
