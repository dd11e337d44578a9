namespace Roam.Terminal;

/// <summary>The rows that hold cell guesses; at most as many as the screen has. Rows are reused, so that guessing allocates nothing in steady state.</summary>
internal sealed class GuessGrid
{
    private readonly List<GuessRow> _rows = [];
    private readonly Stack<GuessRow> _spare = new();
    private int _width;

    public int Count => _rows.Count;

    public GuessRow this[int index] => _rows[index];

    /// <summary>Forgets everything; rows of another width are dropped.</summary>
    public void Clear(int width)
    {
        while (_rows.Count > 0)
        {
            RemoveAt(_rows.Count - 1);
        }

        if (width != _width)
        {
            _spare.Clear();
            _width = width;
        }
    }

    public GuessRow RowFor(int row)
    {
        foreach (GuessRow present in _rows)
        {
            if (present.Row == row)
            {
                return present;
            }
        }

        GuessRow added = _spare.TryPop(out GuessRow? spare) ? spare : new GuessRow(_width);
        added.Row = row;
        _rows.Add(added);
        return added;
    }

    public void RemoveEpochsFrom(long epoch)
    {
        foreach (GuessRow row in _rows)
        {
            foreach (ref CellGuess guess in row.Cells.AsSpan())
            {
                guess.IsActive &= guess.Epoch < epoch;
            }
        }
    }

    public void RemoveEmptyRows()
    {
        for (int i = _rows.Count - 1; i >= 0; i--)
        {
            if (!_rows[i].HasActive())
            {
                RemoveAt(i);
            }
        }
    }

    private void RemoveAt(int index)
    {
        _rows[index].Clear();
        _spare.Push(_rows[index]);
        _rows.RemoveAt(index);
    }
}
