namespace Roam.Terminal;

/// <summary>Cells as text: hashes that leave out what changes by itself, and words looked for.</summary>
internal static class RowText
{
    /// <summary>Of a wider row the last so many columns before the cursor are read.</summary>
    public const int ColumnsMax = 512;

    public static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }

    public static bool IsBlank(ReadOnlySpan<Cell> cells)
    {
        foreach (Cell cell in cells)
        {
            if (!CellGuess.IsBlank(cell))
            {
                return false;
            }
        }

        return true;
    }

    public static ulong Hash(ReadOnlySpan<Cell> cells)
    {
        ulong hash = 1;
        foreach (Cell cell in cells)
        {
            hash = Mix(hash, cell.Bits & (Cell.CodePointMask | Cell.GraphemeFlag));
        }

        return hash;
    }

    /// <summary>Digits count as one sign, however many.</summary>
    public static ulong HashWithoutNumbers(ReadOnlySpan<Cell> cells)
    {
        ulong hash = 1;
        bool inNumber = false;
        foreach (Cell cell in cells)
        {
            bool isDigit = !cell.IsGrapheme && cell.Content is >= '0' and <= '9';
            if (!isDigit)
            {
                hash = Mix(hash, cell.Bits & (Cell.CodePointMask | Cell.GraphemeFlag));
            }
            else if (!inNumber)
            {
                hash = Mix(hash, '#');
            }

            inNumber = isDigit;
        }

        return hash;
    }

    public static bool AsksForSecret(ReadOnlySpan<Cell> cells)
    {
        Span<char> text = stackalloc char[ColumnsMax];
        return SecretWords.AreIn(text[..Read(cells, text)]);
    }

    /// <summary>The characters, without the right halves of wide ones; what is not in the BMP, and clusters, as "?".</summary>
    public static int Read(ReadOnlySpan<Cell> cells, Span<char> text)
    {
        cells = cells[Math.Max(0, cells.Length - text.Length)..];
        int count = 0;
        foreach (Cell cell in cells)
        {
            if (!cell.IsSpacer)
            {
                text[count++] = cell.IsGrapheme || cell.Content > char.MaxValue ? '?' : (char)cell.Content;
            }
        }

        return count;
    }

    public static bool HasWord(ReadOnlySpan<char> text, ReadOnlySpan<char> word)
    {
        for (int from = 0; ; from++)
        {
            int at = text[from..].IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return false;
            }

            from += at;
            int end = from + word.Length;
            bool begins = from == 0 || !char.IsLetterOrDigit(text[from - 1]);
            if (begins && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }
    }
}
