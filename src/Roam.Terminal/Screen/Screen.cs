namespace Roam.Terminal;

/// <summary>
/// The picture that is synchronised: rows of cells, cursor, pen, modes, titles, bell and clipboard. What only the side that runs the program needs
/// (alternate buffer, tab stops, charsets, saved cursors) belongs to the emulator.
/// Contract: <see cref="Snapshot"/> is cheap (rows are shared and counted, a shared row is copied at its first write); <see cref="Release"/> gives the rows back,
/// exactly once, after which the object must not be used. Forgetting it costs memory, never correctness.
/// </summary>
public sealed partial class Screen
{
    /// <summary>Largest side and area accepted from a window or a peer; larger requests are clamped (or refused) before anything is allocated.</summary>
    public const int SideMax = 4096;

    /// <summary>Largest number of cells: 1 Mi cells are 8 MB.</summary>
    public const int AreaMax = 1 << 20;

    private readonly ScreenPool _pool;
    private RowRing _rows;
    private bool _released;

    public Screen(int width, int height, ScreenTables tables, ScreenPool pool)
    {
        _pool = pool;
        Tables = tables;
        Width = width;
        Height = height;
        Row[] rows = new Row[height];
        for (int y = 0; y < height; y++)
        {
            rows[y] = NewBlankRow(width, 0);
        }

        _rows = new RowRing(rows);

        MarginBottom = height - 1;
        MarginRight = width - 1;
    }

    public ScreenTables Tables { get; internal set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public Cursor Cursor;

    /// <summary>The rendition that the next printed character gets.</summary>
    public Style Pen;

    public ScreenModes Modes;

    /// <summary>Scrolling region, 0-based and inclusive (DECSTBM).</summary>
    public int MarginTop;

    public int MarginBottom;

    /// <summary>Left and right margin, 0-based and inclusive (DECSLRM). Like the others the program's business alone: not compared, not sent.</summary>
    public int MarginLeft;

    public int MarginRight;

    /// <summary>The region is narrower than the screen: scrolling moves cells instead of whole rows.</summary>
    public bool HasColumnMargins => MarginLeft != 0 || MarginRight != Width - 1;

    /// <summary>
    /// How many lines have left the main screen at its top: the number of the line that its row 0 is. Rows that scroll off are numbered from 0, without a gap; also while the alternate
    /// screen is shown this is the main screen's.
    /// </summary>
    public ulong LinesAbove { get; set; }

    /// <summary>The rows are those of the alternate screen.</summary>
    public bool IsAlternate { get; set; }

    /// <summary>Window title (OSC 0, 2); null = never set.</summary>
    public string? Title { get; set; }

    /// <summary>Icon name (OSC 0, 1); null = never set.</summary>
    public string? IconName { get; set; }

    /// <summary>How often BEL rang; the difference between two screens is how often to ring.</summary>
    public ulong BellCount { get; set; }

    /// <summary>Newest clipboard text as it came (the base64 of OSC 52 "c"); null = never set.</summary>
    public string? Clipboard { get; set; }

    /// <summary>Counts clipboard writes, so that the same text copied twice arrives twice between Roam peers.</summary>
    public ulong ClipboardCount { get; set; }

    /// <summary>What the program says beside the picture. Compared and sent only where the reader has it.</summary>
    public ScreenExtras Extras { get; set; } = ScreenExtras.None;

    public Row RowAt(int y) => _rows[y];

    public ReadOnlySpan<Cell> CellsAt(int y) => _rows[y].Cells;

    /// <summary>The row, made this screen's own first if it is shared; its hash is forgotten.</summary>
    public Row WritableRow(int y)
    {
        Row row = _rows[y];
        if (row.References != 1)
        {
            row = CopyRow(y);
        }

        row.Hash = 0;
        row.Extent = (ushort)row.Cells.Length;
        return row;
    }

    /// <summary>The same for a writer that writes only before a column.</summary>
    internal Row WritableRow(int y, int end)
    {
        Row row = _rows[y];
        if (row.References != 1)
        {
            row = CopyRow(y);
        }

        row.Hash = 0;
        row.Extent = (ushort)Math.Max(row.Extent, end);
        return row;
    }

    private Row CopyRow(int y)
    {
        Row shared = _rows[y];
        Row own = _pool.RentRow(Width);
        shared.Cells.AsSpan().CopyTo(own.Cells);
        own.Occupied = shared.Occupied;
        own.Wrapped = shared.Wrapped;
        own.Extent = shared.Extent;
        own.Mark = shared.Mark;
        _pool.Release(shared);
        _rows[y] = own;
        return own;
    }

    /// <summary>Puts a blank row of the given style at y, without copying what was there.</summary>
    public void BlankRow(int y, ushort style)
    {
        Row row = _rows[y];
        if (row.References != 1)
        {
            _pool.Release(row);
            row = _pool.RentRow(Width);
            _rows[y] = row;
        }

        ClearRow(row, style);
    }

    /// <summary>Moves rows top..bottom up by count; blank rows of the style come in at the bottom. Row references move, no cells. Rows leaving are released.</summary>
    public void ScrollUp(int top, int bottom, int count, ushort blankStyle)
    {
        if (count == 1)
        {
            ScrollUpOne(top, bottom, blankStyle);
            return;
        }

        count = Math.Min(count, bottom - top + 1);
        for (int i = 0; i < count; i++)
        {
            _pool.Release(_rows[top + i]);
        }

        _rows.MoveUp(top, bottom, count);
        for (int y = bottom - count + 1; y <= bottom; y++)
        {
            _rows[y] = NewBlankRow(Width, blankStyle);
        }
    }

    /// <summary>The common case: the row that leaves comes in again at the bottom if nobody else holds it.</summary>
    private void ScrollUpOne(int top, int bottom, ushort blankStyle)
    {
        Row row = _rows[top];
        if (row.References != 1)
        {
            _pool.Release(row);
            row = _pool.RentRow(Width);
        }

        if (top == 0 && bottom == Height - 1)
        {
            _rows.RotateUp();
        }
        else
        {
            _rows.MoveUp(top, bottom, 1);
        }

        if (!ReferenceEquals(_rows[bottom], row))
        {
            _rows[bottom] = row;
        }

        ClearRow(row, blankStyle);
    }

    public void ScrollDown(int top, int bottom, int count, ushort blankStyle)
    {
        count = Math.Min(count, bottom - top + 1);
        for (int i = 0; i < count; i++)
        {
            _pool.Release(_rows[bottom - i]);
        }

        _rows.MoveDown(top, bottom, count);
        for (int y = top; y < top + count; y++)
        {
            _rows[y] = NewBlankRow(Width, blankStyle);
        }
    }

    private static void ClearRow(Row row, ushort style)
    {
        // Most lines are short, and windows wide: what is blank already is left alone.
        row.Cells.AsSpan(0, style == 0 ? row.Extent : row.Cells.Length).Fill(Cell.Blank(style));
        row.Extent = style == 0 ? (ushort)0 : (ushort)row.Cells.Length;
        row.Hash = 0;
        row.Occupied = 0;
        row.Wrapped = false;
        row.Mark = default;
    }

    /// <summary>The size nearest to the wished one that is within the bounds.</summary>
    public static (int Width, int Height) ClampSize(int width, int height)
    {
        width = Math.Clamp(width, 1, SideMax);
        return (width, Math.Clamp(height, 1, Math.Min(SideMax, AreaMax / width)));
    }

    /// <summary>
    /// Cuts or extends with blanks at the right and the bottom; when the cursor's line would be cut, lines go at the top instead, so that it stays in sight
    /// (as xterm does). Margins are reset, a pending wrap ends.
    /// </summary>
    public void Resize(int width, int height)
    {
        int gone = Math.Max(0, Cursor.Row - (height - 1));
        Row[] rows = new Row[height];
        for (int y = 0; y < height; y++)
        {
            rows[y] = y + gone < Height ? Resized(_rows[y + gone], width) : NewBlankRow(width, 0);
        }

        for (int y = 0; y < Height; y++)
        {
            if (y < gone || y >= gone + height)
            {
                _pool.Release(_rows[y]);
            }
        }

        _rows = new RowRing(rows);
        Width = width;
        Height = height;
        MarginTop = 0;
        MarginBottom = height - 1;
        ResetColumnMargins();
        Cursor = Cursor with { Row = Math.Min(Cursor.Row - gone, height - 1), Column = Math.Min(Cursor.Column, width - 1), PendingWrap = false };
    }

    /// <summary>Margins at the screen's edges; a wrap that was pending at the old right margin is none any more.</summary>
    internal void ResetColumnMargins()
    {
        MarginLeft = 0;
        MarginRight = Width - 1;
        Cursor.PendingWrap &= Cursor.Column == Width - 1;
    }

    private Row NewBlankRow(int width, ushort style)
    {
        Row row = _pool.RentRow(width);
        ClearRow(row, style);
        return row;
    }

    private Row Resized(Row row, int width)
    {
        if (width == row.Cells.Length)
        {
            return row;
        }

        Row copy = NewBlankRow(width, 0);
        CopyCut(row, copy);
        _pool.Release(row);
        return copy;
    }

    /// <summary>Swaps the contents with a screen of the same size, tables and pool (main and alternate screen).</summary>
    internal void ExchangeRows(Screen other) => (_rows, other._rows) = (other._rows, _rows);

    private static void CopyCut(Row from, Row to)
    {
        to.Extent = (ushort)to.Cells.Length;
        int n = Math.Min(from.Cells.Length, to.Cells.Length);
        from.Cells.AsSpan(0, n).CopyTo(to.Cells);
        if (n < from.Cells.Length && to.Cells[n - 1].IsWide)
        {
            to.Cells[n - 1] = Cell.Blank(to.Cells[n - 1].Style);
        }

        to.Occupied = (ushort)Math.Min((int)from.Occupied, n);
        to.Mark = from.Mark;
    }

    /// <summary>A copy that shares all rows.</summary>
    public Screen Snapshot()
    {
        if (!_pool.TryRentScreen(out Screen? copy))
        {
            copy = new Screen(this);
        }

        copy!.CopyFrom(this);
        return copy;
    }

    private Screen(Screen like)
    {
        _pool = like._pool;
        Tables = like.Tables;
        _rows = new RowRing([]);
        _released = true;
    }

    private void CopyFrom(Screen other)
    {
        _rows.CopyFrom(in other._rows);
        foreach (Row row in _rows.Unordered)
        {
            row.References++;
        }

        _released = false;
        Tables = other.Tables;
        Width = other.Width;
        Height = other.Height;
        Cursor = other.Cursor;
        Pen = other.Pen;
        Modes = other.Modes;
        MarginTop = other.MarginTop;
        MarginBottom = other.MarginBottom;
        MarginLeft = other.MarginLeft;
        MarginRight = other.MarginRight;
        LinesAbove = other.LinesAbove;
        IsAlternate = other.IsAlternate;
        Title = other.Title;
        IconName = other.IconName;
        BellCount = other.BellCount;
        Clipboard = other.Clipboard;
        ClipboardCount = other.ClipboardCount;
        Extras = other.Extras;
    }

    /// <summary>Gives the rows and this object back to the pool.</summary>
    public void Release()
    {
        if (_released)
        {
            throw new InvalidOperationException("A screen was released twice.");
        }

        _released = true;
        foreach (Row row in _rows.Unordered)
        {
            _pool.Release(row);
        }

        _rows.Clear();
        Title = IconName = Clipboard = null;
        Extras = ScreenExtras.None;
        _pool.Return(this);
    }
}
