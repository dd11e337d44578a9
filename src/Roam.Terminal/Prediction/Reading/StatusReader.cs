namespace Roam.Terminal;

/// <summary>
/// Which mode a full-screen program is in, as its status line tells: the letters at the start of one of the two last rows when it is drawn in a rendition of its
/// own (nano, emacs, vim's status line), or vim's "-- INSERT --".
/// </summary>
internal static class StatusReader
{
    private const int LettersMax = 12;

    /// <summary>0: no status line.</summary>
    public static ulong Read(Screen screen)
    {
        int last = screen.Height - 1;
        if (screen.Height < 4)
        {
            return 0;
        }

        if (IsModeText(screen.CellsAt(last)))
        {
            return Letters(screen.CellsAt(last));
        }

        for (int y = last - 1; y <= last; y++)
        {
            if (screen.CellsAt(y)[0].Style != 0)
            {
                return Letters(screen.CellsAt(y));
            }
        }

        return 0;
    }

    /// <summary>vi's insert or replace mode, as its last row says.</summary>
    public static bool SaysInsert(Screen screen) => StartsWith(screen.CellsAt(screen.Height - 1), "-- INSERT") || SaysReplace(screen);

    public static bool SaysReplace(Screen screen) => StartsWith(screen.CellsAt(screen.Height - 1), "-- REPLACE");

    private static bool IsModeText(ReadOnlySpan<Cell> cells) => StartsWith(cells, "-- ") && cells.Length > 3 && cells[3].Content is >= 'A' and <= 'Z';

    private static bool StartsWith(ReadOnlySpan<Cell> cells, ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i >= cells.Length || cells[i].Content != text[i])
            {
                return false;
            }
        }

        return true;
    }

    private static ulong Letters(ReadOnlySpan<Cell> cells)
    {
        ulong hash = 2;
        int letters = 0;
        for (int x = 0; x < cells.Length && letters < LettersMax; x++)
        {
            int c = cells[x].Content;
            bool isLetter = !cells[x].IsGrapheme && c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '^';
            if (isLetter)
            {
                hash = RowText.Mix(hash, (ulong)c);
                letters++;
            }
            else if (letters != 0 && CellGuess.IsBlank(cells[x]) && x + 1 < cells.Length && CellGuess.IsBlank(cells[x + 1]))
            {
                break;
            }
        }

        return RowText.Mix(hash, cells[0].Style);
    }
}
