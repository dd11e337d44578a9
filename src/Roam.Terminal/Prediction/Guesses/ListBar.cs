namespace Roam.Terminal;

/// <summary>
/// The bar of a list (mutt, mc, htop, menus): a row that differs from the others by its rendition alone. Recognised when it moves: two rows keep their text, and one has the
/// rendition that the other had before.
/// </summary>
internal sealed class ListBar
{
    /// <summary>Rows that may change beside the two: a title, a status line, a preview.</summary>
    private const int OtherRowsMax = 4;

    private const int WidthMin = 4;

    /// <summary>Of ten columns of the bar so many keep their rendition: a row may have colours of its own.</summary>
    private const int SameTenthsMin = 7;

    /// <summary>Wider lists are not followed.</summary>
    private const int WidthMax = 512;

    private readonly ushort[] _plain = new ushort[WidthMax];
    private Screen? _before;
    private int _row = -1;
    private int _top = -1;
    private int _bottom = -1;
    private int _left;
    private int _right;

    public StepQueue Keys { get; } = new();

    /// <summary>A bar was seen to move on this screen.</summary>
    public bool IsKnown => _row >= 0;

    /// <summary>Where it stands; -1: nowhere.</summary>
    public int Row => _row;

    public void Forget()
    {
        _before?.Release();
        _before = null;
        _row = -1;
        (_top, _bottom) = (-1, -1);
        Keys.Forget();
    }

    public void See(Screen screen, ulong lateAcked, Recollection<ScrollRecord> records)
    {
        if (_before is { } before)
        {
            int? moved = before.Width == screen.Width && before.Height == screen.Height && ReferenceEquals(before.Tables, screen.Tables) ? MovedBy(before, screen) : null;
            if (Keys.Count != 0)
            {
                Keys.Settle(moved, lateAcked, records);
            }

            before.Release();
        }

        _before = screen.Snapshot();
        (_top, _bottom) = Keys.StuckDirection switch { < 0 => (_row, _bottom), > 0 => (_top, _row), _ => (_top, _bottom) };
    }

    /// <summary>The list is known to end here in this direction.</summary>
    public bool IsAtEnd(int rows) => Keys.Count == 0 && _row == (rows < 0 ? _top : _bottom);

    private int? MovedBy(Screen before, Screen now)
    {
        int first = -1;
        int second = -1;
        int others = 0;
        for (int y = 0; y < now.Height; y++)
        {
            if (ReferenceEquals(before.RowAt(y), now.RowAt(y)) || before.RowHash(y) == now.RowHash(y))
            {
                continue;
            }

            bool isRestyled = HasSameText(before.CellsAt(y), now.CellsAt(y));
            others += isRestyled ? 0 : 1;
            (first, second) = !isRestyled ? (first, second) : first < 0 ? (y, second) : second < 0 ? (first, y) : (-2, -2);
            if (first == -2)
            {
                _row = -1;
                return null;
            }
        }

        if (second < 0)
        {
            _row = others > OtherRowsMax ? -1 : _row;
            return first < 0 && others <= OtherRowsMax ? 0 : null;
        }

        return others > OtherRowsMax ? null : TryMove(before, now, first, second) ? second - first : TryMove(before, now, second, first) ? first - second : null;
    }

    private static bool HasSameText(ReadOnlySpan<Cell> a, ReadOnlySpan<Cell> b)
    {
        for (int x = 0; x < a.Length; x++)
        {
            if (!CellGuess.SameContents(a[x], b[x]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The rendition that the one row had is now that of the other.</summary>
    private bool TryMove(Screen before, Screen now, int from, int to)
    {
        ReadOnlySpan<Cell> was = before.CellsAt(to);
        ReadOnlySpan<Cell> bar = now.CellsAt(to);
        int left = 0;
        while (left < was.Length && was[left].Style == bar[left].Style)
        {
            left++;
        }

        int right = was.Length;
        while (right > left && was[right - 1].Style == bar[right - 1].Style)
        {
            right--;
        }

        if (right - left is < WidthMin or > WidthMax)
        {
            return false;
        }

        int same = 0;
        for (int x = left; x < right; x++)
        {
            same += bar[x].Style == before.CellsAt(from)[x].Style ? 1 : 0;
            _plain[x - left] = was[x].Style;
        }

        if (same * 10 < (right - left) * SameTenthsMin)
        {
            return false;
        }

        (_row, _left, _right) = (to, left, right);
        return true;
    }

    public void Draw(Screen screen)
    {
        int target = _row + (Keys.IsShown ? Keys.SumOfRows : 0);
        if (_row < 0 || target == _row || target < 0 || target >= screen.Height || !IsPlain(screen, target))
        {
            return;
        }

        Span<Cell> bar = screen.WritableRow(_row).Cells;
        Span<Cell> next = screen.WritableRow(target).Cells;
        for (int x = _left; x < _right; x++)
        {
            next[x] = next[x].WithStyle(bar[x].Style);
            bar[x] = bar[x].WithStyle(_plain[x - _left]);
        }

        if (screen.Cursor.Row == _row)
        {
            screen.Cursor.Row = target;
        }
    }

    /// <summary>The row belongs to the list: it has text and the background of the list's other rows.</summary>
    private bool IsPlain(Screen screen, int y)
    {
        ReadOnlySpan<Cell> cells = screen.CellsAt(y)[_left.._right];
        bool hasText = false;
        for (int x = 0; x < cells.Length; x++)
        {
            hasText |= !CellGuess.IsBlank(cells[x]);
            if (screen.Tables.Styles[cells[x].Style].Background != screen.Tables.Styles[_plain[x]].Background)
            {
                return false;
            }
        }

        return hasText;
    }
}
