namespace Roam.Terminal;

/// <summary>
/// Recognises a prompt left of the cursor. One that ends in a terminator is known by that sign, its rendition, the gap behind it and its first glyph, so
/// that the directory may change; one that ends in a question by its text, numbers aside. What may ask for a secret is no prompt.
/// </summary>
internal static class PromptReader
{
    /// <summary>Blanks between the prompt's last glyph and the cursor.</summary>
    private const int GapMax = 2;

    private const int ParenthesesLengthMax = 12;

    private const string Terminators = "$#%>❯➜»λ⟩›▶)";
    private const string Questions = ":?]";

    /// <summary>Behind one of these a word like "pass" is part of a directory's name.</summary>
    private const string ShellTerminators = "$#%❯➜";

    /// <summary>The prompt that ends before the column.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="row">The cursor's.</param>
    /// <param name="leftEdge">First column of the pane.</param>
    /// <param name="column">The cursor's.</param>
    /// <param name="mayBeEmpty">A line editor may read without any prompt here; not in a full-screen program.</param>
    public static PromptSignature Read(Screen screen, int row, int leftEdge, int column, bool mayBeEmpty = false)
    {
        ReadOnlySpan<Cell> cells = screen.CellsAt(row);
        int last = Math.Min(column, cells.Length) - 1;
        while (last >= leftEdge && CellGuess.IsBlank(cells[last]))
        {
            last--;
        }

        int gap = column - 1 - last;
        if (mayBeEmpty && column == leftEdge && screen.Modes.BracketedPaste && RowText.IsBlank(cells[column..]))
        {
            // A line editor without a prompt, as bc has it.
            return new PromptSignature(PromptKind.Terminator, 1, IsShort: true);
        }

        if (last < leftEdge || gap > GapMax || cells[last].IsGrapheme)
        {
            return default;
        }

        char sign = (char)Math.Min(cells[last].Content, char.MaxValue);
        if (!ShellTerminators.Contains(sign) && RowText.AsksForSecret(cells[leftEdge..column]))
        {
            return default;
        }

        if (Terminators.Contains(sign) && (sign != ')' || IsInParentheses(cells[leftEdge..(last + 1)])))
        {
            int first = leftEdge;
            while (CellGuess.IsBlank(cells[first]))
            {
                first++;
            }

            ulong hash = RowText.Mix(RowText.Mix(sign, cells[last].Style), (ulong)gap);
            hash = RowText.Mix(hash, IsDigitOrLetter(cells[first]) && first != last ? 'a' : (ulong)cells[first].Content);
            return new PromptSignature(PromptKind.Terminator, RowText.Mix(hash, last > first ? 1ul : 0), last == first);
        }

        return Questions.Contains(sign) && gap == 1 ? new PromptSignature(PromptKind.Question, RowText.HashWithoutNumbers(cells[leftEdge..column]), IsShort: true) : default;
    }

    /// <summary>"(gdb)", "(Pdb)"; not a sentence that ends in a bracket.</summary>
    private static bool IsInParentheses(ReadOnlySpan<Cell> text) => text[0].Content == '(' && text.Length <= ParenthesesLengthMax;

    /// <summary>A user's or a directory's first letter changes; a bracket or an arrow does not.</summary>
    private static bool IsDigitOrLetter(Cell cell) => !cell.IsGrapheme && cell.Content < char.MaxValue && char.IsLetterOrDigit((char)cell.Content);
}
