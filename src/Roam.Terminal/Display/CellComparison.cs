using System.Runtime.InteropServices;

namespace Roam.Terminal;

/// <summary>Compares cells as far as they are drawn: DECSCA protection and hyperlinks are not. Across different tables by value.</summary>
internal readonly ref struct CellComparison(ScreenTables before, ScreenTables after)
{
    private const ulong DrawnMask = ~(Cell.ProtectedFlag | (0xFFFFul << Cell.LinkShift));

    private readonly ScreenTables _before = before;
    private readonly ScreenTables _after = after;
    private readonly bool _sameTables = ReferenceEquals(before, after);

    public bool SameTables => _sameTables;

    public static bool Same(Cell a, Cell b) => ((a.Bits ^ b.Bits) & DrawnMask) == 0;

    /// <summary>The first column at or after start that differs, or the width.</summary>
    public int First(ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after, int start)
    {
        int x = start;
        while (x < after.Length)
        {
            if (_sameTables)
            {
                x += MemoryMarshal.Cast<Cell, ulong>(before[x..]).CommonPrefixLength(MemoryMarshal.Cast<Cell, ulong>(after[x..]));
                if (x >= after.Length)
                {
                    break;
                }
            }

            if (!Equal(before[x], after[x]))
            {
                return x;
            }

            x++;
        }

        return after.Length;
    }

    /// <summary>The last column that differs; there must be one.</summary>
    public int Last(ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after)
    {
        int x = after.Length - 1;
        while (x > 0 && Equal(before[x], after[x]))
        {
            x--;
        }

        return x;
    }

    public bool Equal(Cell before, Cell after)
    {
        if (_sameTables)
        {
            return Same(before, after);
        }

        const ulong shape = Cell.GraphemeFlag | Cell.WidthMask;
        if (((before.Bits ^ after.Bits) & shape) != 0)
        {
            return false;
        }

        bool sameText = after.IsGrapheme
            ? _before.Graphemes[before.Content] == _after.Graphemes[after.Content]
            : before.Content == after.Content;
        return sameText && _before.Styles[before.Style] == _after.Styles[after.Style];
    }
}
