using System.Globalization;

namespace Roam.Terminal;

/// <summary>
/// vim's way to say where the cursor is ("12,8", "3,0-1" on an empty line, "4,20-15" where bytes and cells differ), which micro and others share. Being so particular, it is
/// believed at first sight.
/// </summary>
internal static class CursorPair
{
    /// <summary>Longest text: two numbers of up to seven digits, a third, and the signs between.</summary>
    public const int LengthMax = 24;

    /// <summary>What stands behind the comma when the cursor is there; its length.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="row">The cursor's.</param>
    /// <param name="column">The cursor's.</param>
    /// <param name="isBare">vim's form; in brackets others count characters and know no special cases.</param>
    /// <param name="text">Where it is written.</param>
    public static int FormatColumn(Screen screen, int row, int column, bool isBare, Span<char> text)
    {
        int left = Gutter.EndOf(screen, row, 0);
        ReadOnlySpan<Cell> cells = screen.CellsAt(row);
        if (!isBare)
        {
            (column - left + 1).TryFormat(text, out int plain, default, CultureInfo.InvariantCulture);
            return plain;
        }

        if (column <= left && RowText.IsBlank(cells[left..]))
        {
            "0-1".CopyTo(text);
            return 3;
        }

        int bytes = 1;
        for (int x = left; x < column; x++)
        {
            bytes += ByteLength(cells[x]);
        }

        int cell = column - left + 1;
        bytes.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        if (bytes == cell)
        {
            return length;
        }

        text[length++] = '-';
        cell.TryFormat(text[length..], out int more, default, CultureInfo.InvariantCulture);
        return length + more;
    }

    /// <summary>Nothing but a blank stands before the first number.</summary>
    public static bool IsBare(ReadOnlySpan<Cell> cells, int start) => start == 0 || CellGuess.IsBlank(cells[start - 1]);

    /// <summary>Length of the text at x that consists of digits and "-"; what the editor wrote there.</summary>
    public static int LengthAt(ReadOnlySpan<Cell> cells, int x)
    {
        int length = 0;
        while (x + length < cells.Length && cells[x + length].Content is (>= '0' and <= '9') or '-')
        {
            length++;
        }

        return length;
    }

    public static bool Stands(ReadOnlySpan<Cell> cells, int x, ReadOnlySpan<char> text)
    {
        if (LengthAt(cells, x) != text.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (cells[x + i].Content != text[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int ByteLength(Cell cell) => cell.IsSpacer ? 0 : cell.IsGrapheme ? 1 : cell.Content < 0x80 ? 1 : cell.Content < 0x800 ? 2 : cell.Content < 0x10000 ? 3 : 4;
}
