namespace Roam.Terminal;

/// <summary>
/// A pager's text moved by the keys that are not answered yet. Rows that come in are not known: what stood there stays until they are.
/// </summary>
internal sealed class ScrolledText
{
    /// <summary>At the limit further keys are not shown.</summary>
    public const int Capacity = 32;

    /// <summary>Rows that must overlap for a move to be recognised.</summary>
    private const int OverlapMin = 4;

    private readonly ScrollKey[] _keys = new ScrollKey[Capacity];
    private ulong[] _base = [];

    public int Count { get; private set; }

    public bool IsFull => Count == Capacity;

    public void Push(in ScrollKey key) => _keys[Count++] = key;

    public void Clear() => Count = 0;

    /// <summary>Pagers' moves recognised on this screen.</summary>
    public int Moves { get; private set; }

    /// <summary>What every key not answered yet does is known, and the newest is trusted.</summary>
    public bool IsShown
    {
        get
        {
            bool isKnown = Count != 0 && _keys[Count - 1].IsTrusted;
            for (int i = 0; i < Count; i++)
            {
                isKnown &= _keys[i].Rows != 0;
            }

            return isKnown;
        }
    }

    public void Forget()
    {
        Count = 0;
        Moves = 0;
    }

    /// <summary>Learns from the newest picture what the keys answered by it did.</summary>
    public void See(Screen screen, ulong lateAcked, Recollection<ScrollRecord> records)
    {
        if (_base.Length != screen.Height - 1)
        {
            _base = new ulong[screen.Height - 1];
            Count = 0;
        }

        if (Count != 0)
        {
            Judge(screen, lateAcked, records);
        }

        for (int y = 0; y < _base.Length; y++)
        {
            _base[y] = screen.RowHash(y);
        }
    }

    private void Judge(Screen screen, ulong lateAcked, Recollection<ScrollRecord> records)
    {
        int due = 0;
        while (due < Count && _keys[due].DueFrame <= lateAcked)
        {
            due++;
        }

        int? moved = MovedBy(screen);
        if (moved is null)
        {
            // Another picture: a page, a search.
            Drop(Math.Max(due, 1));
            return;
        }

        if (moved == 0)
        {
            CountAll(due, 0, records);
            return;
        }

        Moves++;
        int sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += _keys[i].Rows;
            if (_keys[i].Rows != 0 && sum == moved)
            {
                for (int k = 0; k <= i; k++)
                {
                    records.Of(_keys[k].Context).Count(_keys[k].Rows);
                }

                Drop(i + 1);
                CountAll(due - i - 1, 0, records);
                return;
            }
        }

        records.Of(_keys[0].Context).Count(moved.Value);
        Drop(Math.Max(due, 1));
    }

    private void CountAll(int count, int rows, Recollection<ScrollRecord> records)
    {
        for (int i = 0; i < count; i++)
        {
            records.Of(_keys[i].Context).Count(rows);
        }

        Drop(Math.Max(0, count));
    }

    private void Drop(int count)
    {
        _keys.AsSpan(count, Count - count).CopyTo(_keys);
        Count -= count;
    }

    /// <summary>By how many rows the picture before stands higher now; null: it is another one.</summary>
    private int? MovedBy(Screen screen)
    {
        for (int distance = 0; distance <= _base.Length - OverlapMin; distance++)
        {
            if (Matches(screen, distance))
            {
                return distance;
            }

            if (Matches(screen, -distance))
            {
                return -distance;
            }
        }

        return null;
    }

    private bool Matches(Screen screen, int rows)
    {
        int from = Math.Max(0, -rows);
        int end = Math.Min(_base.Length, _base.Length - rows);
        for (int y = from; y < end; y++)
        {
            if (screen.RowHash(y) != _base[y + rows])
            {
                return false;
            }
        }

        return true;
    }

    public void Draw(Screen screen)
    {
        int rows = IsShown ? SumOfRows() : 0;
        int last = screen.Height - 2;
        if (rows > 0)
        {
            for (int y = 0; y + rows <= last; y++)
            {
                Copy(screen, y + rows, y);
            }
        }
        else if (rows < 0)
        {
            for (int y = last; y + rows >= 0; y--)
            {
                Copy(screen, y + rows, y);
            }
        }
    }

    private int SumOfRows()
    {
        int rows = 0;
        for (int i = 0; i < Count; i++)
        {
            rows += _keys[i].Rows;
        }

        return rows;
    }

    private static void Copy(Screen screen, int from, int to) => screen.CellsAt(from).CopyTo(screen.WritableRow(to).Cells);
}
