namespace Roam.Terminal;

/// <summary>What vim and its kin show of a file they have just read: its name in quotes and its length on the last row ("a.txt" 3L, 40B), tildes below its end.</summary>
internal static class ViSigns
{
    /// <summary>Columns at the left that may be line numbers and signs.</summary>
    private const int GutterMax = 8;

    public static bool AreOn(Screen screen)
    {
        ReadOnlySpan<Cell> last = screen.CellsAt(screen.Height - 1);
        return last[0].Content == '"' && (SaysLength(last) || HasTildes(screen));
    }

    /// <summary>A closing quote, a number and "L,".</summary>
    private static bool SaysLength(ReadOnlySpan<Cell> cells)
    {
        int x = 1;
        while (x < cells.Length && cells[x].Content != '"')
        {
            x++;
        }

        for (x++; x + 2 < cells.Length; x++)
        {
            if (cells[x].Content is >= '0' and <= '9' && cells[x + 1].Content == 'L' && cells[x + 2].Content == ',')
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasTildes(Screen screen)
    {
        if (screen.Height < 4)
        {
            return false;
        }

        ReadOnlySpan<Cell> cells = screen.CellsAt(screen.Height - 3);
        int first = 0;
        while (first < Math.Min(GutterMax, cells.Length) && CellGuess.IsBlank(cells[first]))
        {
            first++;
        }

        return first < cells.Length && cells[first].Content == '~' && (first + 1 == cells.Length || CellGuess.IsBlank(cells[first + 1]));
    }
}
