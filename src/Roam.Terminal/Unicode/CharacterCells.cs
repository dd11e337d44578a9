namespace Roam.Terminal;

/// <summary>Writes characters beyond ASCII into the cells of one row, as long as nothing special comes: a joining character, or the margin.</summary>
internal static class CharacterCells
{
    /// <summary>
    /// Fills from a column on, never to the last column (whatever reaches it wraps or waits to wrap). Returns how many characters were taken; <paramref name="column"/> is then behind the last
    /// of them. There must be a cell at <paramref name="last"/>.
    /// </summary>
    public static int Fill(ReadOnlySpan<int> codePoints, Span<Cell> cells, ref int column, int last, ulong attributes)
    {
        int x = column;
        int taken = 0;
        foreach (int codePoint in codePoints)
        {
            int width = CharWidth.Of(codePoint);
            if (width == 0 || x + width > last)
            {
                break;
            }

            cells[x] = Cell.Of(codePoint, width, attributes);

            // Without a branch: narrow and wide characters come mixed. The cell behind a narrow one keeps what it holds.
            Cell behind = cells[x + 1];
            cells[x + 1] = width == 2 ? Cell.Spacer(attributes) : behind;
            x += width;
            taken++;
        }

        column = x;
        return taken;
    }
}
