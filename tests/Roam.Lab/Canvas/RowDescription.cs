using System.Globalization;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Cells as a <see cref="ShownRow"/>.</summary>
internal static class RowDescription
{
    public static ShownRow Of(ReadOnlySpan<Cell> cells, ScreenTables tables, bool wrapped)
    {
        StringBuilder text = new();
        StringBuilder styles = new();
        string run = "";
        int length = 0;
        int end = cells.LastIndexOfAnyExcept(Cell.Blank(0)) + 1;
        for (int x = 0; x < end; x++)
        {
            Cell cell = cells[x];
            if (cell.IsSpacer)
            {
                continue;
            }

            text.Append(cell.IsGrapheme ? tables.Graphemes[cell.Content] : char.ConvertFromUtf32(cell.Content));
            AppendRun(styles, ref run, ref length, Describe(tables.Styles[cell.Style]));
        }

        AppendRun(styles, ref run, ref length, "");
        return new ShownRow(text.ToString(), styles.ToString(), wrapped);
    }

    private static void AppendRun(StringBuilder styles, ref string run, ref int length, string next)
    {
        if (run == next)
        {
            length++;
            return;
        }

        if (length != 0)
        {
            styles.Append(length).Append('*').Append(run).Append(' ');
        }

        (run, length) = (next, 1);
    }

    /// <summary>Foreground, background and attributes: "d,p4,bu".</summary>
    private static string Describe(in Style style)
    {
        StyleAttributes a = style.Attributes;
        StringBuilder text = new();
        text.Append(Describe(style.Foreground)).Append(',').Append(Describe(style.Background)).Append(',');
        text.Append((a & StyleAttributes.Bold) != 0 ? "b" : "").Append((a & StyleAttributes.Faint) != 0 ? "f" : "");
        text.Append((a & StyleAttributes.Italic) != 0 ? "i" : "").Append((a & StyleAttributes.UnderlineMask) != 0 ? "u" : "");
        text.Append((a & StyleAttributes.Inverse) != 0 ? "r" : "").Append((a & StyleAttributes.Strike) != 0 ? "s" : "");
        return text.ToString();
    }

    private static string Describe(Color color) =>
        color.IsDefault ? "d" : color.IsIndexed ? "p" + color.Index.ToString(CultureInfo.InvariantCulture) : (color.Value & 0xFFFFFF).ToString("x6", CultureInfo.InvariantCulture);
}
