namespace Roam.Terminal;

/// <summary>
/// The rows that the terminal shows, in a ring. Rows beyond the screen's height are the ones that come in at the bottom while it scrolls: they take the places of those that left at the top,
/// until <see cref="Rotate"/> makes them the screen.
/// </summary>
internal sealed class CanvasGrid
{
    private CanvasRow[] _rows = [];
    private int _top;

    public int Width { get; private set; }

    public int Height => _rows.Length;

    public CanvasRow this[int i] => _rows[(_top + i) % _rows.Length];

    /// <summary>A terminal of this size, of which nothing is known.</summary>
    public void Resize(int width, int height)
    {
        Width = width;
        _top = 0;
        _rows = new CanvasRow[height];
        for (int i = 0; i < height; i++)
        {
            _rows[i] = new CanvasRow(width);
        }
    }

    public void Forget()
    {
        foreach (CanvasRow row in _rows)
        {
            row.IsKnown = false;
            row.Wrapped = false;
        }
    }

    /// <summary>So many rows left at the top.</summary>
    public void Rotate(int count) => _top = (_top + count) % Math.Max(_rows.Length, 1);
}
