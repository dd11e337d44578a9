namespace Roam.Terminal;

/// <summary>Draws guesses into a screen.</summary>
internal static class GuessPainter
{
    public static void DrawRow(Screen screen, GuessRow guesses, long shownEpoch, bool underlines)
    {
        bool changed = false;
        for (int x = 0; x < guesses.Cells.Length; x++)
        {
            ref readonly CellGuess guess = ref guesses.Cells[x];
            if (!guess.IsActive || guess.Epoch > shownEpoch)
            {
                continue;
            }

            Cell real = screen.CellsAt(guesses.Row)[x];
            Cell drawn = Drawn(guess, real, underlines && x != guesses.Cells.Length - 1, underlines, screen.Tables.Styles);
            if (drawn != real)
            {
                screen.WritableRow(guesses.Row).Cells[x] = drawn;
                changed = true;
            }
        }

        if (changed)
        {
            RepairWideCharacters(screen.WritableRow(guesses.Row).Cells);
        }
    }

    private static Cell Drawn(in CellGuess guess, Cell real, bool underlinesUnknown, bool underlines, StyleTable styles)
    {
        if (guess.IsUnknown)
        {
            return underlinesUnknown ? Underlined(real, styles) : real;
        }

        // Where the server shows the guessed contents already, its rendition is the truth; but for a suggestion that is being typed over.
        return CellGuess.SameContents(guess.Replacement, real) && !guess.TypesOver(real) ? real : underlines ? Underlined(guess.Replacement, styles) : guess.Replacement;
    }

    private static Cell Underlined(Cell cell, StyleTable styles)
    {
        Style style = styles[cell.Style];
        if ((style.Attributes & StyleAttributes.UnderlineMask) != 0)
        {
            return cell;
        }

        return styles.TryIntern(style with { Attributes = style.Attributes | StyleAttributes.UnderlineSingle }, out ushort underlined)
            ? cell.WithStyle(underlined)
            : cell;
    }

    /// <summary>A guess beside a wide character may leave half of it: the half becomes a blank.</summary>
    private static void RepairWideCharacters(Span<Cell> cells)
    {
        for (int x = 0; x < cells.Length; x++)
        {
            bool isWhole = cells[x].IsWide
                ? x + 1 < cells.Length && cells[x + 1].IsSpacer
                : !cells[x].IsSpacer || (x > 0 && cells[x - 1].IsWide);
            if (!isWhole)
            {
                cells[x] = Cell.Blank(cells[x].Style);
            }
        }
    }
}
