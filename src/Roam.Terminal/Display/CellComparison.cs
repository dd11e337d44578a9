using System.Runtime.InteropServices;

namespace Roam.Terminal;

/// <summary>Compares cells as far as they are drawn: DECSCA protection is not, hyperlinks only where the reader has them. Across different tables by value.</summary>
internal readonly ref struct CellComparison(ScreenTables before, ScreenTables after, bool links)
{
    private const ulong LinkedMask = ~Cell.ProtectedFlag;
    private const ulong PlainMask = LinkedMask & ~(0xFFFFul << Cell.LinkShift);

    private readonly ScreenTables _before = before;
    private readonly ScreenTables _after = after;
    private readonly bool _sameTables = ReferenceEquals(before, after);
    private readonly ulong _mask = MaskOf(links);

    public bool SameTables => _sameTables;

    /// <summary>Cells of the same tables.</summary>
    public static bool Same(Cell a, Cell b, bool links) => ((a.Bits ^ b.Bits) & MaskOf(links)) == 0;

    private static ulong MaskOf(bool links) => links ? LinkedMask : PlainMask;

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
            return ((before.Bits ^ after.Bits) & _mask) == 0;
        }

        const ulong shape = Cell.GraphemeFlag | Cell.WidthMask;
        if (((before.Bits ^ after.Bits) & shape) != 0)
        {
            return false;
        }

        bool sameText = after.IsGrapheme
            ? _before.Graphemes[before.Content] == _after.Graphemes[after.Content]
            : before.Content == after.Content;
        return sameText && _before.Styles[before.Style] == _after.Styles[after.Style]
            && (_mask == PlainMask || _before.Links[before.Link] == _after.Links[after.Link]);
    }
}
