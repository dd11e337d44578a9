namespace Roam.Terminal;

/// <summary>Rows that scrolled off the top of the main screen, newest last. Holds references; a full ring lets its oldest row go.</summary>
internal sealed class ScrollbackRing(int capacity, ScreenPool pool)
{
    private readonly Row?[] _rows = new Row?[capacity];
    private int _oldest;

    public int Capacity => capacity;

    public int Count { get; private set; }

    /// <summary>Row by age, 0 = oldest.</summary>
    public Row this[int index] => _rows[(_oldest + index) % capacity]!;

    public void Add(Row row)
    {
        row.References++;
        int slot = (_oldest + Count) % capacity;
        if (Count == capacity)
        {
            pool.Release(_rows[slot]!);
            _oldest = (_oldest + 1) % capacity;
        }
        else
        {
            Count++;
        }

        _rows[slot] = row;
    }

    /// <summary>Puts another row in the place of one, after its ids were renumbered.</summary>
    public void Replace(int index, Row row)
    {
        int slot = (_oldest + index) % capacity;
        pool.Release(_rows[slot]!);
        _rows[slot] = row;
    }

    public void Clear()
    {
        for (int i = 0; i < Count; i++)
        {
            pool.Release(this[i]);
        }

        Array.Clear(_rows);
        _oldest = 0;
        Count = 0;
    }
}
