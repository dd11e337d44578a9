namespace Roam.Terminal;

/// <summary>
/// Another window size. A terminal moves rows between screen and scrollback then as it likes, but its cursor stays with its text: from the cursor's row upwards so many rows are the canvas's, and
/// what stands above them came back from the scrollback. It is pushed there again before anything is drawn.
/// </summary>
internal sealed partial class TallCanvas<TDialect>
{
    private readonly PushedRows _pushed = new();
    private Cursor _cursor;

    /// <summary>The row below which nothing was drawn.</summary>
    public int LastUsedRow
    {
        get
        {
            int last = Height - 1;
            while (last > _cursor.Row && _grid[last].IsKnown && IsBlank(_grid[last].Cells))
            {
                last--;
            }

            return last;
        }
    }

    /// <summary>
    /// The terminal's window was changed while it showed the main screen. With the row that it reports for its cursor (0 = top), or without. The pen is the default.
    /// </summary>
    public void Resize(ref ByteSink sink, int width, int height, int? cursorRow, PendingHistory pending)
    {
        int above = Width == 0 ? 0 : RowsAboveCursor(width);
        bool sameWidth = width == Width;
        if (cursorRow is { } row)
        {
            PushRows(ref sink, height, row - above);
            if (sameWidth && row < _cursor.Row && ExpectsLines(pending))
            {
                Expect(_cursor.Row - row);
            }
        }
        else
        {
            // From the first of our rows, or from the top if that has left, so many LF as there are rows push just what is above it.
            sink.Put((byte)'\r');
            if (above > 0)
            {
                sink.Put("\e["u8);
                sink.PutNumber(above);
                sink.Put((byte)'A');
            }

            sink.PutRepeated((byte)'\n', height - 1);
        }

        Start(width, height, sameWidth);
    }

    /// <summary>The same while it showed the alternate screen: as many rows as may have come back are pushed again, perhaps some of ours with them.</summary>
    public void ResizeHidden(ref ByteSink sink, int width, int height, int rowsBackMax)
    {
        PushRows(ref sink, height, rowsBackMax);
        _pushed.Clear();
        Start(width, height, isJoined: false);
    }

    /// <summary>Lines that the terminal pushed itself are committed as they come.</summary>
    public void MatchPushed(PendingHistory pending, Screen frame)
    {
        if (_pushed.Count != 0)
        {
            _pushed.Match(pending, frame.LinesAbove, frame.Tables);
        }
    }

    private void Start(int width, int height, bool isJoined)
    {
        _grid.Resize(width, height);
        _leftJoined &= isJoined;
        _cursor.Row = Math.Min(_cursor.Row, height - 1);
    }

    private static void PushRows(ref ByteSink sink, int height, int count)
    {
        if (count > 0)
        {
            sink.Put("\e["u8);
            sink.PutNumber(height);
            sink.Put((byte)'H');
            sink.PutRepeated((byte)'\n', Math.Min(count, height));
        }
    }

    /// <summary>Whether the row at the top is the next line to come: history is not behind, and nothing else was pushed between.</summary>
    private bool ExpectsLines(PendingHistory pending) => pending.Next + (ulong)_pushed.Count == LinesAbove;

    private void Expect(int count)
    {
        count = Math.Min(count, Height);
        for (int i = 0; i < count && _grid[i].IsKnown; i++)
        {
            _pushed.Add(_grid[i], _tables!);
            _leftJoined = _grid[i].Wrapped;
        }
    }

    /// <summary>
    /// How many of the rows above the cursor are ours, at the least. A narrower terminal that wraps anew makes more of them, a wider one fewer; there the first row may also have gone to the line
    /// that it continues, so one less is counted.
    /// </summary>
    private int RowsAboveCursor(int width)
    {
        if (width <= Width)
        {
            return _cursor.Row;
        }

        int rows = 0;
        int lineCells = 0;
        for (int y = 0; y < _cursor.Row; y++)
        {
            CanvasRow row = _grid[y];
            if (!row.IsKnown)
            {
                return 0;
            }

            lineCells += row.Wrapped ? Width : row.Cells.AsSpan().LastIndexOfAnyExcept(Cell.Blank(0)) + 1;
            if (!row.Wrapped)
            {
                rows += Math.Max(1, (lineCells + width - 1) / width);
                lineCells = 0;
            }
        }

        return Math.Max(0, rows + ((lineCells + _cursor.Column) / width) - 1);
    }
}
