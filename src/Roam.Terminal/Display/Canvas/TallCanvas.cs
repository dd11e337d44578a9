namespace Roam.Terminal;

/// <summary>
/// Draws on the main screen of the user's terminal so that history goes to the terminal's own scrollback, each line once and in order: the lines to commit and the frame below them are one tall
/// picture of which the terminal shows the bottom. What is to leave at the top is made right where it stands first; then the rows below come in by LF (or by the wrap that joins them to the row
/// before) on the bottom row with the whole screen as the region, the one operation that fills the scrollback everywhere. Never SU, ED, DL or a region: docs/history.md has the reasons.
/// </summary>
internal sealed partial class TallCanvas<TDialect>
    where TDialect : struct, IDialect
{
    private readonly CanvasGrid _grid = new();
    private readonly CanvasPlan _plan = new();
    private TDialect _dialect;
    private RowPainter<TDialect> _rows;
    private ScreenTables? _tables;
    private RowJoin[] _joins = [];

    /// <summary>The newest row of the scrollback is joined to row 0.</summary>
    private bool _leftJoined;

    public TallCanvas(TDialect dialect)
    {
        _dialect = dialect;
        _rows = new RowPainter<TDialect>(dialect);
    }

    public int Width => _grid.Width;

    public int Height => _grid.Height;

    /// <summary>More history can be committed under the frame that was drawn last.</summary>
    public bool HasMore => _plan.HasMore;

    /// <summary>Number of the line that row 0 is.</summary>
    public ulong LinesAbove { get; private set; }

    /// <summary>Another terminal of the same size, in effect: more was learned of it.</summary>
    public void Use(TDialect dialect)
    {
        _dialect = dialect;
        _rows = new RowPainter<TDialect>(dialect);
    }

    /// <summary>Nothing is known of what the rows show; the scrollback stays as it is.</summary>
    public void Forget() => _grid.Forget();

    /// <summary>The terminal was somebody else's: nothing is joined to what is above.</summary>
    public void StartAnew()
    {
        _grid.Forget();
        _pushed.Clear();
        _leftJoined = false;
        _cursor = default;
    }

    /// <summary>The bottom right cell was erased, by which older terminals are made to count the rows that have left.</summary>
    public void LoseLastCell()
    {
        if (Height == 0)
        {
            return;
        }

        Cell[] cells = _grid[Height - 1].Cells;
        cells.AsSpan(cells[^1].IsSpacer ? Width - 2 : Width - 1).Fill(Cell.Blank(0));
    }

    /// <summary>Chooses what to commit under a frame of the terminal's size.</summary>
    public void Plan(Screen frame, PendingHistory pending)
    {
        if (frame.Width != Width || frame.Height != Height)
        {
            _grid.Resize(frame.Width, frame.Height);
        }

        _rows.SetSize(frame.Width, frame.Height);
        _plan.Choose(pending, frame.LinesAbove, frame.Tables, frame.Width);
        FindJoins(frame);
    }

    /// <summary>Several rows that are on the screen change: worth an update that is shown at once. Rows that come in below the others look as they do when a program prints them.</summary>
    public bool ChangesSeveralRows(Screen frame)
    {
        int changes = 0;
        CellComparison comparison = new(_tables ?? frame.Tables, frame.Tables, _dialect.HasLinks);
        for (int i = 0; i < Height && changes < 2; i++)
        {
            CanvasRow row = _grid[i];
            ReadOnlySpan<Cell> cells = CellsOf(frame, i);
            bool same = row.IsKnown && row.Wrapped == (_joins[i] != RowJoin.None) && comparison.First(row.Cells, cells, 0) == cells.Length;
            changes += same ? 0 : 1;
        }

        return changes >= 2;
    }

    /// <summary>Draws what was planned.</summary>
    public void Draw(ref Stylus<TDialect> stylus, Screen frame)
    {
        _pendingRow = NoRow;
        _onBottom = false;
        EraseUnknown(ref stylus);
        PartStale(ref stylus);
        CellComparison comparison = new(_tables ?? frame.Tables, frame.Tables, _dialect.HasLinks);
        int count = _plan.Count + Height;
        for (int i = 0; i < count; i++)
        {
            if (i < Height)
            {
                DrawInPlace(ref stylus, comparison, frame, i);
            }
            else
            {
                DrawBelow(ref stylus, frame, i);
            }
        }

        stylus.SetLink(0);
        if (_plan.Count != 0)
        {
            _leftJoined = _joins[_plan.Count - 1] != RowJoin.None;
            _grid.Rotate(_plan.Count);
        }

        _tables = frame.Tables;
        _cursor = frame.Cursor;
        LinesAbove = frame.LinesAbove;
    }

    /// <summary>What was planned and drawn is in the terminal's hands.</summary>
    public void Commit(PendingHistory pending) => pending.Commit(_plan.Entries);

    private ReadOnlySpan<Cell> CellsOf(Screen frame, int i) => i < _plan.Count ? _plan.CellsAt(i) : frame.CellsAt(i - _plan.Count);

    /// <summary>
    /// A row is joined to the next by the wrap that the next character makes. Where the terminal may measure the characters at the edge otherwise, no wrap is certain and none is tried: the rows
    /// stand right, but as two lines.
    /// </summary>
    private void FindJoins(Screen frame)
    {
        int count = _plan.Count + Height;
        if (_joins.Length < count)
        {
            _joins = new RowJoin[Math.Max(count, _joins.Length * 2)];
        }

        for (int i = 0; i < _plan.Count; i++)
        {
            PlannedRow row = _plan[i];
            _joins[i] = row.Wrapped ? JoinOf(_plan.CellsAt(i), CellsOf(frame, i + 1), frame.Tables, row.EndsInSpacer) : RowJoin.None;
        }

        for (int y = 0; y < Height; y++)
        {
            bool wraps = y < Height - 1 && frame.RowAt(y).Wrapped;
            _joins[_plan.Count + y] = wraps ? JoinOf(frame.CellsAt(y), frame.CellsAt(y + 1), frame.Tables, endsInSpacer: true) : RowJoin.None;
        }
    }

    private RowJoin JoinOf(ReadOnlySpan<Cell> cells, ReadOnlySpan<Cell> next, ScreenTables tables, bool endsInSpacer)
    {
        if (endsInSpacer && next[0].IsWide && cells[^1].IsBlank && cells[^1].Link == 0 && _dialect.CanErase(tables.Styles[cells[^1].Style]))
        {
            return _rows.IsDoubtful(next[0]) ? RowJoin.None : RowJoin.Spacer;
        }

        return _rows.IsDoubtful(cells[RowPainter<TDialect>.LeadOf(cells, cells.Length - 1)]) ? RowJoin.None : RowJoin.Full;
    }
}
