namespace Roam.Terminal;

/// <summary>Joins the rows of one logical line and cuts it anew at another width.</summary>
internal sealed class LineJoiner
{
    private Cell[] _cells = [];
    private int _count;
    private int _taken;

    public void Start() => (_count, _taken) = (0, 0);

    /// <summary>A row that wraps is all text but for the column that a wide character left empty; of the last row trailing blanks are none.</summary>
    public void Add(PendingHistory pending, int entry, ScreenTables tables)
    {
        HistoryLineHead head = pending.HeadAt(entry);
        if (_cells.Length < _count + head.Width)
        {
            Array.Resize(ref _cells, Math.Max(_count + head.Width, _cells.Length * 2));
        }

        Span<Cell> row = _cells.AsSpan(_count, head.Width);
        pending.Read(entry, tables, row);
        _count += !head.Wrapped ? row.LastIndexOfAnyExcept(Cell.Blank(0)) + 1 : head.EndsInSpacer ? head.Width - 1 : head.Width;
    }

    /// <summary>The next row, all of it written. True: there is more.</summary>
    public bool TakeRow(Span<Cell> row, out bool endsInSpacer)
    {
        int x = 0;
        endsInSpacer = false;
        while (_taken < _count && x < row.Length)
        {
            Cell cell = _cells[_taken];
            int width = cell.IsWide ? 2 : 1;
            if (width > row.Length)
            {
                // One column: no room for it anywhere.
                row[x++] = Cell.Blank(cell.Style);
                _taken += 2;
                continue;
            }

            if (x + width > row.Length)
            {
                endsInSpacer = true;
                break;
            }

            _cells.AsSpan(_taken, width).CopyTo(row[x..]);
            x += width;
            _taken += width;
        }

        row[x..].Fill(Cell.Blank(0));
        return _taken < _count;
    }
}
