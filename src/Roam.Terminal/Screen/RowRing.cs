using System.Runtime.CompilerServices;

namespace Roam.Terminal;

/// <summary>
/// The rows of a screen, top to bottom, in a ring: scrolling the whole screen moves the beginning, no references (each of which costs a write barrier).
/// Regions move references. Counting who holds a row is the screen's business.
/// </summary>
internal struct RowRing(Row[] rows)
{
    private Row[] _rows = rows;

    /// <summary>Slot of row 0.</summary>
    private int _top;

    public readonly int Count => _rows.Length;

    public readonly Row this[int y]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _rows[SlotOf(y)];
        set => _rows[SlotOf(y)] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int SlotOf(int y)
    {
        int slot = _top + y;
        return slot >= _rows.Length ? slot - _rows.Length : slot;
    }

    /// <summary>Every row goes up by one; the one at the top comes in at the bottom.</summary>
    public void RotateUp() => _top = _top + 1 == _rows.Length ? 0 : _top + 1;

    /// <summary>Rows top + count to bottom go up by count. What was at the top is overwritten, what was at the bottom is still there: both are the caller's to settle.</summary>
    public void MoveUp(int top, int bottom, int count)
    {
        Straighten();
        Array.Copy(_rows, top + count, _rows, top, bottom - top + 1 - count);
    }

    /// <summary>The same downwards.</summary>
    public void MoveDown(int top, int bottom, int count)
    {
        Straighten();
        Array.Copy(_rows, top, _rows, top + count, bottom - top + 1 - count);
    }

    /// <summary>References to the same rows, in an array of its own.</summary>
    public void CopyFrom(in RowRing other)
    {
        Row[] rows = other._rows;
        if (_rows.Length != rows.Length)
        {
            _rows = new Row[rows.Length];
        }

        int first = rows.Length - other._top;
        rows.AsSpan(other._top).CopyTo(_rows);
        rows.AsSpan(0, other._top).CopyTo(_rows.AsSpan(first));
        _top = 0;
    }

    /// <summary>All rows in no order.</summary>
    public readonly ReadOnlySpan<Row> Unordered => _rows;

    /// <summary>Lets go of all rows; the array stays for the next user.</summary>
    public readonly void Clear() => Array.Clear(_rows);

    private void Straighten()
    {
        if (_top != 0)
        {
            _rows.AsSpan(0, _top).Reverse();
            _rows.AsSpan(_top).Reverse();
            _rows.AsSpan().Reverse();
            _top = 0;
        }
    }
}
