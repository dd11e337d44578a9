namespace Roam.Terminal;

/// <summary>
/// A pager's text moved by the keys that are not answered yet. Rows that come in are shown if they were seen to leave; else what stood there stays until they come.
/// </summary>
internal sealed class ScrolledText
{
    /// <summary>Rows that must overlap for a move to be recognised.</summary>
    private const int OverlapMin = 4;

    private ulong[] _base = [];
    private readonly RowStack _above = new();
    private readonly RowStack _below = new();
    private Screen? _before;
    private bool _isFirst = true;
    private ulong _top;
    private ulong _bottom;

    public StepQueue Keys { get; } = new();

    /// <summary>Learns from the newest picture what the keys answered by it did.</summary>
    public void See(Screen screen, ulong lateAcked, Recollection<ScrollRecord> records)
    {
        if (_base.Length != screen.Height - 1)
        {
            _base = new ulong[screen.Height - 1];
            Keys.Clear();
        }

        int? moved = MovedBy(screen);
        if (Keys.Count != 0)
        {
            Keys.Settle(moved, lateAcked, records);
        }

        Keep(screen, moved);
        for (int y = 0; y < _base.Length; y++)
        {
            _base[y] = screen.RowHash(y);
        }

        if (_isFirst)
        {
            // A pager begins at the top.
            _isFirst = false;
            _top = Picture;
        }

        (_top, _bottom) = Keys.StuckDirection switch { < 0 => (Picture, _bottom), > 0 => (_top, Picture), _ => (_top, _bottom) };
    }

    /// <summary>What left the screen by the move, and what came back.</summary>
    private void Keep(Screen screen, int? moved)
    {
        if (moved is null || (_before is { } other && (other.Width != screen.Width || !ReferenceEquals(other.Tables, screen.Tables))))
        {
            _above.Clear();
            _below.Clear();
        }
        else if (_before is { } before && moved > 0)
        {
            for (int y = 0; y < moved; y++)
            {
                _above.Push(before.CellsAt(y));
            }

            _below.Pop(moved.Value);
        }
        else if (_before is { } picture && moved < 0)
        {
            for (int y = 1; y <= -moved; y++)
            {
                _below.Push(picture.CellsAt(_base.Length - y));
            }

            _above.Pop(-moved.Value);
        }

        if (moved != 0 || _before is null)
        {
            _before?.Release();
            _before = screen.Snapshot();
        }
    }

    public void Forget()
    {
        _before?.Release();
        _before = null;
        _above.Clear();
        _below.Clear();
        Keys.Forget();
        _isFirst = true;
        _top = _bottom = 0;
    }

    /// <summary>The text is known not to go on in this direction.</summary>
    public bool IsAtEnd(int rows) => Keys.Count == 0 && Picture == (rows < 0 ? _top : _bottom);

    private ulong Picture => _base.Length == 0 ? 0 : RowText.Mix(_base[0], _base[^1]);

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

            for (int i = 0; i < rows && i < _below.Count && last - rows + 1 + i >= 0; i++)
            {
                _below.Peek(i).CopyTo(screen.WritableRow(last - rows + 1 + i).Cells);
            }
        }
        else if (rows < 0)
        {
            for (int y = last; y + rows >= 0; y--)
            {
                Copy(screen, y + rows, y);
            }

            for (int i = 0; i < -rows && i < _above.Count && -rows - 1 - i <= last; i++)
            {
                _above.Peek(i).CopyTo(screen.WritableRow(-rows - 1 - i).Cells);
            }
        }
    }

    private static void Copy(Screen screen, int from, int to) => screen.CellsAt(from).CopyTo(screen.WritableRow(to).Cells);
}
