using System.Runtime.CompilerServices;

namespace Roam.Terminal;

/// <summary>
/// What was seen or guessed in a cell before the present guess. A guess that equals one of them earns no credit: the screen may show it without any echo.
/// Beyond <see cref="Capacity"/> different contents every guess counts as seen before, which costs a confirmation, never a wrong one.
/// </summary>
internal struct OriginalCells
{
    public const int Capacity = 8;

    private Buffer _cells;
    private byte _count;
    private bool _overflowed;

    [InlineArray(Capacity)]
    private struct Buffer
    {
        private Cell _first;
    }

    public void Clear()
    {
        _count = 0;
        _overflowed = false;
    }

    public void Add(Cell cell)
    {
        if (Contains(cell))
        {
            return;
        }

        if (_count == Capacity)
        {
            _overflowed = true;
            return;
        }

        _cells[_count++] = cell;
    }

    public readonly bool Contains(Cell cell)
    {
        if (_overflowed)
        {
            return true;
        }

        for (int i = 0; i < _count; i++)
        {
            if (CellGuess.SameContents(_cells[i], cell))
            {
                return true;
            }
        }

        return false;
    }
}
