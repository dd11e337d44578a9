namespace Roam.Terminal;

/// <summary>A form's field that is drawn as a row of underscores: what is typed replaces them, what is deleted leaves one.</summary>
internal static class FormField
{
    private const int FillersMin = 2;

    /// <summary>The same for a row as it is expected to look.</summary>
    public static bool BeginsAt(GuessRow guesses, ReadOnlySpan<Cell> real, int x)
    {
        for (int i = 0; i < FillersMin; i++)
        {
            if (x + i >= real.Length || TextRun.Expected(guesses, real, x + i, out _).Content != '_')
            {
                return false;
            }
        }

        return true;
    }

    public static bool BeginsAt(ReadOnlySpan<Cell> cells, int x)
    {
        for (int i = 0; i < FillersMin; i++)
        {
            if (x + i >= cells.Length || cells[x + i].Content != '_' || cells[x + i].IsGrapheme)
            {
                return false;
            }
        }

        return true;
    }
}
