namespace Roam.Terminal;

/// <summary>Spare rows and screens of one session, so that taking and dropping snapshots allocates nothing in steady state. Not thread-safe: one session, one thread.</summary>
public sealed class ScreenPool
{
    /// <summary>Spare rows kept; beyond that they are left to the garbage collector.</summary>
    public const int RowsMax = 1024;

    /// <summary>Spare screen objects kept.</summary>
    public const int ScreensMax = 64;

    private readonly Stack<Row> _rows = new();
    private readonly Stack<Screen> _screens = new();
    private int _rowWidth;

    internal Row RentRow(int width)
    {
        if (width == _rowWidth && _rows.TryPop(out Row? row))
        {
            row.References = 1;
            row.Hash = 0;
            row.Wrapped = false;
            row.Mark = default;
            return row;
        }

        return new Row(width);
    }

    internal void Release(Row row)
    {
        if (--row.References != 0)
        {
            return;
        }

        if (row.Cells.Length != _rowWidth)
        {
            _rows.Clear();
            _rowWidth = row.Cells.Length;
        }

        if (_rows.Count < RowsMax)
        {
            _rows.Push(row);
        }
    }

    internal bool TryRentScreen(out Screen? screen) => _screens.TryPop(out screen);

    internal void Return(Screen screen)
    {
        if (_screens.Count < ScreensMax)
        {
            _screens.Push(screen);
        }
    }
}
