namespace Roam.Terminal;

/// <summary>Rows that a pager's text has left at one edge, the last one on top: shown again when the text comes back.</summary>
internal sealed class RowStack
{
    /// <summary>At the limit the oldest is forgotten.</summary>
    public const int Capacity = 64;

    private readonly Cell[][] _rows = new Cell[Capacity][];
    private int _top;

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Push(ReadOnlySpan<Cell> cells)
    {
        ref Cell[] row = ref _rows[_top];
        if (row is null || row.Length != cells.Length)
        {
            row = new Cell[cells.Length];
        }

        cells.CopyTo(row);
        _top = (_top + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
    }

    public void Pop(int count)
    {
        count = Math.Min(count, Count);
        Count -= count;
        _top = (_top + Capacity - count) % Capacity;
    }

    /// <summary>0 is the one on top. It must be there.</summary>
    public ReadOnlySpan<Cell> Peek(int depth) => _rows[(_top + Capacity - 1 - depth) % Capacity];
}
