namespace Roam.Terminal;

/// <summary>A row as it is expected to look: the guesses, and what the server shows where there are none.</summary>
internal static class TextRun
{
    /// <summary>So many blanks end the text that an insert moves: what stands behind them is something else (a column, a right prompt).</summary>
    private const int GapBlanks = 3;

    /// <summary>What is expected in a cell by now.</summary>
    public static Cell Expected(GuessRow row, ReadOnlySpan<Cell> real, int x, out bool unknown)
    {
        ref readonly CellGuess guess = ref row.Cells[x];
        unknown = guess.IsActive && guess.IsUnknown;
        return guess.IsActive && !unknown ? guess.Replacement : real[x];
    }

    /// <summary>The first cells of the row, as many as there is room for.</summary>
    public static void CopyExpected(GuessRow row, ReadOnlySpan<Cell> real, Span<Cell> cells)
    {
        for (int x = 0; x < cells.Length; x++)
        {
            cells[x] = Expected(row, real, x, out _);
        }
    }

    /// <summary>Behind the last cell of the text that goes on at x: at a gap, or at the right edge.</summary>
    public static int End(GuessRow row, ReadOnlySpan<Cell> real, int x, int right)
    {
        int blanks = 0;
        for (int at = x; at < right; at++)
        {
            blanks = CellGuess.IsBlank(Expected(row, real, at, out bool unknown)) && !unknown ? blanks + 1 : 0;
            if (blanks == GapBlanks)
            {
                return at + 1 - GapBlanks;
            }
        }

        return right - blanks;
    }
}
