using System.Buffers.Text;

namespace Roam.Terminal;

/// <summary>The line that stands for lines that were not kept.</summary>
internal static class GapText
{
    private const int BytesMax = 64;

    /// <summary>Faint, cut at the row's end.</summary>
    public static void Write(ulong count, ScreenTables tables, Span<Cell> row)
    {
        Span<byte> text = stackalloc byte[BytesMax];
        "[... "u8.CopyTo(text);
        int length = 5;
        _ = Utf8Formatter.TryFormat(count, text[length..], out int digits);
        length += digits;
        ReadOnlySpan<byte> rest = count == 1 ? " line not kept ...]"u8 : " lines not kept ...]"u8;
        rest.CopyTo(text[length..]);
        length += rest.Length;
        _ = tables.Styles.TryIntern(new Style(Color.Default, Color.Default, Color.Default, StyleAttributes.Faint), out ushort style);
        row.Fill(Cell.Blank(0));
        int shown = Math.Min(length, row.Length);
        AsciiCells.Fill(text[..shown], row[..shown], Cell.Attributes(style, 0, false));
    }
}
