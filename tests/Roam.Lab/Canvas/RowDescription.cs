using System.Globalization;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Cells as a <see cref="ShownRow"/>.</summary>
internal static class RowDescription
{
    public static ShownRow Of(ReadOnlySpan<Cell> cells, ScreenTables tables, bool wrapped, RowDetail detail = RowDetail.All)
    {
        StringBuilder text = new();
        StringBuilder styles = new();
        string run = "";
        int length = 0;
        int end = cells.Length;
        while (end > 0 && cells[end - 1].IsBlank && cells[end - 1].Style == 0 && cells[end - 1].Link == 0)
        {
            end--;
        }

        for (int x = 0; x < end; x++)
        {
            Cell cell = cells[x];
            if (cell.IsSpacer)
            {
                continue;
            }

            text.Append(cell.IsGrapheme ? tables.Graphemes[cell.Content] : char.ConvertFromUtf32(cell.Content));
            AppendRun(styles, ref run, ref length, DescribeCell(cell, tables, detail));
        }

        AppendRun(styles, ref run, ref length, "");
        if (detail == RowDetail.Text)
        {
            return new ShownRow(text.ToString().TrimEnd(' '), "", false);
        }

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

    private static string DescribeCell(Cell cell, ScreenTables tables, RowDetail detail)
    {
        Style style = tables.Styles[cell.Style];
        if (cell.Link != 0 && detail == RowDetail.LinksUnderlined)
        {
            style = style with { Attributes = style.Attributes | StyleAttributes.UnderlineSingle };
        }

        return Describe(style) + (cell.Link != 0 && detail == RowDetail.All ? "l" : "");
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
