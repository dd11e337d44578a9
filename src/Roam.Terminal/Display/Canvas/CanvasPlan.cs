namespace Roam.Terminal;

/// <summary>
/// The lines that one update commits, as rows of the terminal's width: whole logical lines, so that what is committed later never has to be joined to a row that has left already. Lines that were
/// cut at another width are joined and cut anew.
/// </summary>
internal sealed class CanvasPlan
{
    /// <summary>Rows of one update. A chunk is drawn between two looks at the keyboard.</summary>
    public const int RowsMax = 200;

    /// <summary>Bytes of the records of one update: about as many go to the terminal.</summary>
    public const int BytesMax = 16 * 1024;

    /// <summary>A logical line that is longer than a chunk is one chunk; one that is longer than this comes in parts, and until the next part the frame looks like its continuation.</summary>
    public const int LongLineRowsMax = 500;

    /// <summary>Cells of one update: very wide windows take fewer rows at a time.</summary>
    private const int CellsMax = 1 << 18;

    private readonly LineJoiner _joiner = new();
    private Cell[] _cells = [];
    private PlannedRow[] _rows = [];
    private int _width = 1;

    /// <summary>Rows.</summary>
    public int Count { get; private set; }

    /// <summary>Entries of the pending history that these rows are.</summary>
    public int Entries { get; private set; }

    /// <summary>More could be committed under the same frame.</summary>
    public bool HasMore { get; private set; }

    public PlannedRow this[int i] => _rows[i];

    public ReadOnlySpan<Cell> CellsAt(int i) => _cells.AsSpan(i * _width, _width);

    public void Clear()
    {
        (Count, Entries) = (0, 0);
        HasMore = false;
    }

    /// <summary>Chooses among the lines before <paramref name="linesAbove"/>: the frame still has the others on its screen.</summary>
    public void Choose(PendingHistory pending, ulong linesAbove, ScreenTables tables, int width)
    {
        Clear();
        _width = width;
        int available = 0;
        while (available < Math.Min(pending.Count, RowsMax + LongLineRowsMax + 1) && EndOf(pending.HeadAt(available)) <= linesAbove)
        {
            available++;
        }

        // Short lines that are joined to a few wide rows: what was looked at is used up before the chunk is full, perhaps in the middle of a line. There is more then.
        bool goesOn = available < pending.Count && EndOf(pending.HeadAt(available)) <= linesAbove;
        int longMax = Math.Clamp(CellsMax / width, 1, LongLineRowsMax);
        int rowsMax = Math.Min(RowsMax, longMax);
        int bytes = 0;
        while (Entries < available)
        {
            int entries = LogicalLine(pending, available, longMax, linesAbove, goesOn, out int lineBytes);
            if (entries == 0)
            {
                HasMore = goesOn && Count != 0;
                return;
            }

            if (Count != 0 && (Count + entries > rowsMax || bytes + lineBytes > BytesMax))
            {
                HasMore = true;
                return;
            }

            bytes += lineBytes;
            AddLine(pending, entries, tables);
        }

        HasMore = goesOn;
    }

    private static ulong EndOf(in HistoryLineHead head) => head.Number + Math.Max(head.GapCount, 1);

    /// <summary>How many entries from the next on are one logical line; 0 when its end has not come yet and it is worth waiting for.</summary>
    private int LogicalLine(PendingHistory pending, int available, int longMax, ulong linesAbove, bool goesOn, out int bytes)
    {
        int end = Entries;
        int cells = 0;
        bytes = 0;
        while (end < available && end - Entries < longMax && cells < CellsMax)
        {
            HistoryLineHead head = pending.HeadAt(end);
            if (head.IsGap && end > Entries)
            {
                return end - Entries;
            }

            bytes += head.Bytes;
            cells += head.Width;
            end++;
            if (!head.Wrapped)
            {
                return end - Entries;
            }
        }

        bool goesOnInFrame = end == available && EndOf(pending.HeadAt(end - 1)) == linesAbove;
        return goesOnInFrame || end - Entries == longMax || cells >= CellsMax || (end < pending.Count && !goesOn) ? end - Entries : 0;
    }

    private void AddLine(PendingHistory pending, int entries, ScreenTables tables)
    {
        HistoryLineHead first = pending.HeadAt(Entries);
        if (first.IsGap)
        {
            GapText.Write(first.GapCount, tables, AddRow(default));
            Entries++;
            return;
        }

        bool isCutOtherwise = false;
        for (int i = 0; i < entries; i++)
        {
            HistoryLineHead head = pending.HeadAt(Entries + i);
            isCutOtherwise |= head.Width != _width && (head.Wrapped || entries > 1 || head.Occupied > _width);
        }

        if (isCutOtherwise)
        {
            AddJoined(pending, entries, tables);
            return;
        }

        for (int i = 0; i < entries; i++)
        {
            HistoryLineHead head = pending.HeadAt(Entries);
            pending.Read(Entries, tables, AddRow(new PlannedRow(head.Wrapped, head.EndsInSpacer)));
            Entries++;
        }
    }

    private void AddJoined(PendingHistory pending, int entries, ScreenTables tables)
    {
        _joiner.Start();
        for (int i = 0; i < entries; i++)
        {
            _joiner.Add(pending, Entries + i, tables);
        }

        bool goesOn = pending.HeadAt(Entries + entries - 1).Wrapped;
        bool more = true;
        while (more)
        {
            Span<Cell> cells = AddRow(default);
            more = _joiner.TakeRow(cells, out bool endsInSpacer);
            _rows[Count - 1] = new PlannedRow(more || (goesOn && !cells[^1].IsBlank), endsInSpacer);
        }

        Entries += entries;
    }

    private Span<Cell> AddRow(PlannedRow row)
    {
        int end = (Count + 1) * _width;
        if (_cells.Length < end)
        {
            Array.Resize(ref _cells, Math.Max(end, _cells.Length * 2));
        }

        if (_rows.Length == Count)
        {
            Array.Resize(ref _rows, Math.Max(64, Count * 2));
        }

        _rows[Count] = row;
        return _cells.AsSpan(Count++ * _width, _width);
    }
}
