using Roam.Terminal;

namespace Roam.Lab;

/// <summary>One row of a history by value, made independently of the product's own comparison. Equal for the same row at the server and in the user's scrollback.</summary>
/// <param name="Cells">Text and renditions up to the last cell that is not a default blank: the same at every width that the row fits in.</param>
/// <param name="Letters">The same of what is not blank, so that rows that were cut anew can be compared as one text (<see cref="Then"/>).</param>
/// <param name="LetterCount">How many that are.</param>
/// <param name="Extent">Columns up to the last that is not a default blank, coloured ones included.</param>
/// <param name="Wrapped">It goes on in the next row.</param>
/// <param name="OddStart">Its first character is one that terminals may measure otherwise.</param>
/// <param name="OddEnd">... its last.</param>
internal readonly record struct LineMark(ulong Cells, ulong Letters, int LetterCount, int Extent, bool Wrapped, bool OddStart, bool OddEnd)
{
    private const ulong Prime = 0x100000001b3;

    /// <summary>Odd, so that no factor is lost in the powers.</summary>
    private const ulong Base = 0x9e3779b97f4a7c15;

    public static LineMark Of(ReadOnlySpan<Cell> cells, ScreenTables tables, bool wrapped)
    {
        ulong hash = Prime;
        ulong letters = 0;
        int count = 0;
        int lastStyle = -1;
        ulong style = 0;
        int end = cells.LastIndexOfAnyExcept(Cell.Blank(0)) + 1;
        foreach (Cell cell in cells[..end])
        {
            if (cell.Style != lastStyle)
            {
                lastStyle = cell.Style;
                style = OfStyle(tables.Styles[cell.Style]);
            }

            ulong value = (cell.IsGrapheme ? OfText(tables.Graphemes[cell.Content]) : (ulong)cell.Content) ^ ((ulong)cell.Width << 40) ^ style;
            hash = (hash ^ value) * Prime;
            hash ^= hash >> 31;
            if (!cell.IsBlank && !cell.IsSpacer)
            {
                letters = (letters * Base) + (value * Prime);
                count++;
            }
        }

        return new LineMark(hash, letters, count, end, wrapped, IsOdd(cells[0]), IsOdd(cells[^1].IsSpacer && cells.Length > 1 ? cells[^2] : cells[^1]));
    }

    /// <summary>The text of both, one after the other.</summary>
    public LineMark Then(in LineMark next)
    {
        ulong power = 1;
        ulong square = Base;
        for (int count = next.LetterCount; count != 0; count >>= 1)
        {
            power *= (count & 1) != 0 ? square : 1;
            square *= square;
        }

        return new LineMark(0, (Letters * power) + next.Letters, LetterCount + next.LetterCount, 0, next.Wrapped, OddStart, next.OddEnd);
    }

    private static bool IsOdd(Cell cell) => cell.IsGrapheme || cell.Content > '~';

    private static ulong OfStyle(in Style style) =>
        style == default ? 0 : (((style.Foreground.Value * Base) ^ style.Background.Value) * Prime) ^ (style.UnderlineColor.Value * Base) ^ ((ulong)style.Attributes << 45);

    private static ulong OfText(string text)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (char c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }
}
