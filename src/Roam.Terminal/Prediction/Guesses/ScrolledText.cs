namespace Roam.Terminal;

/// <summary>
/// A pager's text moved by the keys that are not answered yet. Rows that come in are not known: what stood there stays until they are.
/// </summary>
internal sealed class ScrolledText
{
    /// <summary>Rows that must overlap for a move to be recognised.</summary>
    private const int OverlapMin = 4;

    private ulong[] _base = [];

    public StepQueue Keys { get; } = new();

    /// <summary>Learns from the newest picture what the keys answered by it did.</summary>
    public void See(Screen screen, ulong lateAcked, Recollection<ScrollRecord> records)
    {
        if (_base.Length != screen.Height - 1)
        {
            _base = new ulong[screen.Height - 1];
            Keys.Clear();
        }

        if (Keys.Count != 0)
        {
            Keys.Settle(MovedBy(screen), lateAcked, records);
        }

        for (int y = 0; y < _base.Length; y++)
        {
            _base[y] = screen.RowHash(y);
        }
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
        int rows = Keys.IsShown ? Keys.SumOfRows : 0;
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

    private static void Copy(Screen screen, int from, int to) => screen.CellsAt(from).CopyTo(screen.WritableRow(to).Cells);
}
