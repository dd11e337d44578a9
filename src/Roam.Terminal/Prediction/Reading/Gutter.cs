namespace Roam.Terminal;

/// <summary>Line numbers that an editor draws left of the text.</summary>
internal static class Gutter
{
    private const int WidthMax = 10;

    /// <summary>First column of the text in a pane that begins at the given column. Numbers count up or down from row to row; relative ones down to the cursor's row and up from it.</summary>
    public static int EndOf(Screen screen, int row, int left)
    {
        int end = Count(screen, row, row + 1, left);
        end = end >= 0 ? end : Count(screen, row - 1, row, left);
        end = end >= 0 ? end : Count(screen, row + 1, row + 2, left);
        end = end >= 0 ? end : Count(screen, row - 2, row - 1, left);
        return end >= 0 && IsNumber(screen.CellsAt(row)[left..end]) ? end + 1 : left;
    }

    /// <summary>Where the numbers of two rows end, if they are neighbours; else -1.</summary>
    private static int Count(Screen screen, int upper, int lower, int left)
    {
        if (upper < 0 || lower >= screen.Height)
        {
            return -1;
        }

        int end = NumberEnd(screen, upper, left, out int first);
        return end >= 0 && NumberEnd(screen, lower, left, out int second) == end && Math.Abs(first - second) == 1 ? end : -1;
    }

    /// <summary>Digits and blanks only, and at least one digit: the number of the cursor's row may stand at the left.</summary>
    private static bool IsNumber(ReadOnlySpan<Cell> cells)
    {
        bool hasDigit = false;
        foreach (Cell cell in cells)
        {
            bool isDigit = !cell.IsGrapheme && cell.Content is >= '0' and <= '9';
            hasDigit |= isDigit;
            if (!isDigit && !CellGuess.IsBlank(cell))
            {
                return false;
            }
        }

        return hasDigit;
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
