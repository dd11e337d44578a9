namespace Roam.Terminal;

/// <summary>The tab stops of one terminal: every eighth column to begin with.</summary>
internal sealed class TabStops
{
    private const int Interval = 8;

    private bool[] _stops = [];

    public TabStops(int width) => Reset(width);

    public void Reset(int width)
    {
        if (_stops.Length != width)
        {
            _stops = new bool[width];
        }

        for (int x = 0; x < width; x++)
        {
            _stops[x] = x % Interval == 0;
        }
    }

    /// <summary>Keeps the stops there are; new columns get the default ones.</summary>
    public void Resize(int width)
    {
        int old = _stops.Length;
        Array.Resize(ref _stops, width);
        for (int x = old; x < width; x++)
        {
            _stops[x] = x % Interval == 0;
        }
    }

    public bool IsSet(int column) => _stops[column];

    public void Set(int column) => _stops[column] = true;

    public void Clear(int column) => _stops[column] = false;

    public void ClearAll() => Array.Clear(_stops);

    /// <summary>The stop right of the column, or the limit if there is none before it.</summary>
    public int Next(int column, int limit)
    {
        do
        {
            column++;
        }
        while (column < limit && !_stops[column]);
        return Math.Min(column, limit);
    }

    public int Previous(int column)
    {
        do
        {
            column--;
        }
        while (column > 0 && !_stops[column]);
        return Math.Max(column, 0);
    }
}
