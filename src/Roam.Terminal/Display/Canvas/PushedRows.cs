namespace Roam.Terminal;

/// <summary>
/// Rows that the terminal itself pushed into its scrollback when its window became lower, before their time: what the lines that come next should look like. A line that does is committed without
/// a byte. Bounded: beyond the limit lines are committed again, doubled and not lost.
/// </summary>
internal sealed class PushedRows
{
    public const int CountMax = 512;

    private readonly Queue<Cell[]> _rows = new();
    private ScreenTables? _tables;
    private Cell[] _line = [];

    public int Count => _rows.Count;

    public void Clear() => _rows.Clear();

    public void Add(CanvasRow row, ScreenTables tables)
    {
        if (_tables != tables || _rows.Count == CountMax)
        {
            _rows.Clear();
            _tables = tables;
        }

        _rows.Enqueue(row.Cells.AsSpan().ToArray());
    }

    /// <summary>Commits the lines that are there already. The first that looks otherwise ends the matter.</summary>
    public void Match(PendingHistory pending, ulong linesAbove, ScreenTables tables)
    {
        while (_rows.TryPeek(out Cell[]? row) && pending.Count != 0 && pending.Next < linesAbove)
        {
            HistoryLineHead head = pending.HeadAt(0);
            if (head.IsGap || head.Width != row.Length || !IsSame(pending, tables, row))
            {
                _rows.Clear();
                return;
            }

            _rows.Dequeue();
            pending.Commit(1);
        }
    }

    private bool IsSame(PendingHistory pending, ScreenTables tables, Cell[] row)
    {
        if (_line.Length != row.Length)
        {
            _line = new Cell[row.Length];
        }

        pending.Read(0, tables, _line);
        return new CellComparison(_tables!, tables, links: true).First(row, _line, 0) == row.Length;
    }
}
