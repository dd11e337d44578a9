namespace Roam.Terminal;

/// <summary>Line numbers that an editor draws left of the text.</summary>
internal static class Gutter
{
    private const int WidthMax = 10;

    /// <summary>First column of the text in a pane that begins at the given column.</summary>
    public static int EndOf(Screen screen, int row, int left)
    {
        int end = NumberEnd(screen, row, left, out int number);
        if (end < 0)
        {
            return left;
        }

        bool goesOn = (row > 0 && NumberEnd(screen, row - 1, left, out int above) == end && above == number - 1)
            || (row + 1 < screen.Height && NumberEnd(screen, row + 1, left, out int below) == end && below == number + 1);
        return goesOn ? end + 1 : left;
    }

    /// <summary>Behind a number right-aligned before a blank; -1: there is none.</summary>
    private static int NumberEnd(Screen screen, int row, int left, out int number)
    {
        ReadOnlySpan<Cell> cells = screen.CellsAt(row);
        number = 0;
        int x = left;
        int limit = Math.Min(cells.Length - 1, left + WidthMax);
        while (x < limit && CellGuess.IsBlank(cells[x]))
        {
            x++;
        }

        int start = x;
        while (x < limit && cells[x].Content is >= '0' and <= '9' && !cells[x].IsGrapheme)
        {
            number = (number * 10) + cells[x].Content - '0';
            x++;
        }

        return x > start && CellGuess.IsBlank(cells[x]) ? x : -1;
    }
}
