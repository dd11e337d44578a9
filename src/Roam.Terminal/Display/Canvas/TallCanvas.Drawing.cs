namespace Roam.Terminal;

/// <summary>Rows, one by one, from the top of the tall picture down.</summary>
internal sealed partial class TallCanvas<TDialect>
{
    private const int NoRow = -1;

    /// <summary>The row at whose end the cursor waits with a wrap pending.</summary>
    private int _pendingRow;

    /// <summary>The cursor is in the bottom row, in whatever column.</summary>
    private bool _onBottom;

    /// <summary>A row of which nothing is known is erased. Where the scrollback goes on in row 0 a space stands first: erasing from column 1 would part the two on some terminals.</summary>
    private void EraseUnknown(ref Stylus<TDialect> stylus)
    {
        for (int i = 0; i < Height; i++)
        {
            CanvasRow row = _grid[i];
            if (row.IsKnown)
            {
                continue;
            }

            stylus.SetLink(0);
            stylus.SetPen(Style.Default);
            stylus.MoveTo(i, 0);
            if (i == 0 && _leftJoined)
            {
                stylus.PrintSpaces(1);
            }

            if (i != 0 || !_leftJoined || Width > 1)
            {
                stylus.Sink.Put("\e[K"u8);
            }

            row.Clear();
        }
    }

    /// <summary>
    /// Rows that the terminal takes for one line and that are none any more. Text over them does not part them; erasing at the end of the first does where the row remembers it, erasing the second
    /// from column 1 does where that one does.
    /// </summary>
    private void PartStale(ref Stylus<TDialect> stylus)
    {
        for (int i = 0; i < Height - 1; i++)
        {
            CanvasRow row = _grid[i];
            if (!row.Wrapped || _joins[i] != RowJoin.None)
            {
                continue;
            }

            CanvasRow next = _grid[i + 1];
            int end = RowPainter<TDialect>.LeadOf(row.Cells, Width - 1);
            stylus.SetLink(0);
            stylus.SetPen(Style.Default);
            stylus.MoveTo(i, end);
            stylus.Sink.Put("\e[K"u8);
            stylus.MoveTo(i + 1, 0);
            stylus.Sink.Put("\e[K"u8);
            row.Cells.AsSpan(end).Fill(Cell.Blank(0));
            row.Wrapped = false;
            bool nextIsStale = next.Wrapped && _joins[i + 1] == RowJoin.None;
            next.Clear();
            next.Wrapped = nextIsStale;
        }
    }

    /// <summary>A row that is on the screen already, in one form or another. One that no wrap touches is drawn as on any screen.</summary>
    private void DrawInPlace(ref Stylus<TDialect> stylus, in CellComparison comparison, Screen frame, int i)
    {
        CanvasRow row = _grid[i];
        ReadOnlySpan<Cell> cells = CellsOf(frame, i);
        bool goesOn = i == 0 ? _leftJoined : _joins[i - 1] != RowJoin.None;
        bool opens = goesOn && i > 0 && !_grid[i - 1].Wrapped;
        int first = comparison.First(row.Cells, cells, 0);
        if (first != cells.Length || opens)
        {
            if (!goesOn && !row.Wrapped && _joins[i] == RowJoin.None)
            {
                _rows.Draw(ref stylus, comparison, i, row.Cells, cells);
                _pendingRow = NoRow;
            }
            else
            {
                DrawJoined(ref stylus, i, cells, first, goesOn, opens, tailIsBlank: IsBlank(row.Cells.AsSpan(EndOf(cells, i))));
            }

            _onBottom = i == Height - 1;
        }

        if (first != cells.Length || !comparison.SameTables)
        {
            cells.CopyTo(row.Cells);
        }
    }

    /// <summary>A row that comes in at the bottom and pushes the top row out.</summary>
    private void DrawBelow(ref Stylus<TDialect> stylus, Screen frame, int i)
    {
        ReadOnlySpan<Cell> cells = CellsOf(frame, i);
        bool opens = _joins[i - 1] != RowJoin.None;
        if (opens)
        {
            WaitAtEnd(ref stylus, i - 1);
        }
        else
        {
            FeedLine(ref stylus);
        }

        CanvasRow row = _grid[i];
        row.Clear();
        if (opens || _joins[i] != RowJoin.None)
        {
            // A wrap that scrolls may fill the new row with the background of the character that made it.
            DrawJoined(ref stylus, i, cells, 0, goesOn: opens, opens, tailIsBlank: !opens);
        }
        else
        {
            _rows.Draw(ref stylus, new CellComparison(frame.Tables, frame.Tables, _dialect.HasLinks), Height - 1, _rows.BlankCells, cells);
            _pendingRow = NoRow;
        }

        cells.CopyTo(row.Cells);
        _onBottom = true;
    }

    private void FeedLine(ref Stylus<TDialect> stylus)
    {
        stylus.SetLink(0);
        stylus.SetPenForBlanks();
        bool isThere = stylus.IsInRow(Height - 1, out int column);
        if (!isThere && !_onBottom)
        {
            stylus.MoveTo(Height - 1, 0);
        }
        else if (!isThere || column != 0)
        {
            stylus.Sink.Put((byte)'\r');
        }

        stylus.Sink.Put((byte)'\n');
        stylus.PlaceAt(Height - 1, 0);
    }

    /// <summary>
    /// A row that goes on from the one before (nothing may be erased from its column 1 then) or in the next one, from the first column that differs to its end. It opens when the wrap that joins
    /// it to the row before is still to be made.
    /// </summary>
    private void DrawJoined(ref Stylus<TDialect> stylus, int i, ReadOnlySpan<Cell> cells, int first, bool goesOn, bool opens, bool tailIsBlank)
    {
        int y = Math.Min(i, Height - 1);
        int end = EndOf(cells, i);
        int x = FromDoubtful(cells, i, first);
        int written = 0;
        if (opens)
        {
            written = OpenByWrap(ref stylus, i, cells, end);
            x = Math.Max(x, written);
            if (written == 0)
            {
                (x, written) = (0, 1);
            }
        }
        else
        {
            x = RowPainter<TDialect>.LeadOf(cells, x);
        }

        _pendingRow = NoRow;
        bool prints = x < end;
        while (x < end)
        {
            x = _rows.DrawCharacter(ref stylus, y, x, end - 1, cells);
        }

        if (_joins[i] == RowJoin.Full)
        {
            _pendingRow = prints || written == end ? i : NoRow;
            return;
        }

        EraseTail(ref stylus, i, cells, Math.Max(end, written), goesOn, tailIsBlank);
    }

    /// <summary>Erasing while a wrap is pending would take the last cell: a row that is full has no tail.</summary>
    private void EraseTail(ref Stylus<TDialect> stylus, int i, ReadOnlySpan<Cell> cells, int from, bool goesOn, bool tailIsBlank)
    {
        if (from >= Width || (tailIsBlank && _joins[i] != RowJoin.Spacer))
        {
            return;
        }

        stylus.SetLink(0);
        int y = Math.Min(i, Height - 1);
        if (_joins[i] == RowJoin.Spacer)
        {
            stylus.SetPen(cells[^1].Style);
        }
        else
        {
            stylus.SetPen(Style.Default);
        }

        if (from == 0 && goesOn)
        {
            stylus.MoveTo(y, 0);
            stylus.PrintSpaces(1);
            from = 1;
        }

        if (from < Width)
        {
            stylus.MoveTo(y, from);
            stylus.Sink.Put("\e[K"u8);
        }

        if (_joins[i] == RowJoin.Spacer)
        {
            // The cell that stays empty is one that was never written: a space there would be copied with the text.
            _grid[i].Wrapped = false;
            _pendingRow = i;
            stylus.MoveTo(y, Width - 1);
        }
    }

    /// <summary>
    /// Wraps into the row with its first character, or with a space where that is missing or of doubtful width: a terminal that took it for a mark would not wrap, and a row would be lost.
    /// Returns how many columns are as they should be.
    /// </summary>
    private int OpenByWrap(ref Stylus<TDialect> stylus, int i, ReadOnlySpan<Cell> cells, int end)
    {
        WaitAtEnd(ref stylus, i - 1);
        int y = Math.Min(i, Height - 1);
        bool prints = end > 0 && !_rows.IsDoubtful(cells[0]);
        if (prints)
        {
            stylus.SetLink(cells[0].Link);
            stylus.SetPen(cells[0].Style);
        }
        else
        {
            stylus.SetLink(0);
            stylus.SetPen(Style.Default);
        }

        stylus.PlaceAt(y, 0);
        if (prints)
        {
            stylus.Print(cells[0]);
        }
        else
        {
            stylus.PrintSpaces(1);
        }

        if (Height > 1)
        {
            _grid[i - 1].Wrapped = true;
        }

        return prints ? Math.Max(1, cells[0].Width) : 0;
    }

    /// <summary>The cursor at the end of a row, so that the next character wraps.</summary>
    private void WaitAtEnd(ref Stylus<TDialect> stylus, int i)
    {
        if (_pendingRow == i)
        {
            return;
        }

        int y = Math.Min(i, Height - 1);
        Cell[] cells = _grid[i].Cells;
        if (_joins[i] == RowJoin.Spacer)
        {
            stylus.SetLink(0);
            stylus.SetPen(cells[^1].Style);
            stylus.MoveTo(y, Width - 1);
            stylus.Sink.Put("\e[K"u8);
        }
        else
        {
            int lead = RowPainter<TDialect>.LeadOf(cells, Width - 1);
            stylus.SetLink(cells[lead].Link);
            stylus.SetPen(cells[lead].Style);
            stylus.MoveTo(y, lead);
            stylus.Print(cells[lead]);
        }

        _pendingRow = i;
    }

    /// <summary>How far a row is printed: to the edge where it wraps there, else to its last character.</summary>
    private int EndOf(ReadOnlySpan<Cell> cells, int i) => _joins[i] switch
    {
        RowJoin.Full => Width,
        RowJoin.Spacer => Width - 1,
        _ => cells.LastIndexOfAnyExcept(Cell.Blank(0)) + 1,
    };

    private static bool IsBlank(ReadOnlySpan<Cell> cells) => !cells.ContainsAnyExcept(Cell.Blank(0));

    /// <summary>Behind a cell of doubtful width, shown now or to be shown, columns may not be ours: everything from there on is drawn.</summary>
    private int FromDoubtful(ReadOnlySpan<Cell> cells, int i, int first)
    {
        Cell[] before = _grid[i].Cells;
        for (int x = 0; x < first && first < cells.Length; x++)
        {
            if (_rows.IsDoubtful(before[x]) || _rows.IsDoubtful(cells[x]))
            {
                return x;
            }
        }

        return first;
    }
}
