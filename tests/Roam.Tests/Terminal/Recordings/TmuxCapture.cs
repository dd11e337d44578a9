using System.Text;
using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

/// <summary>What capture-pane -e tells, as a screen, and rows as text with styles that both emulators can agree on.</summary>
internal static class TmuxCapture
{
    /// <summary>Our emulator reads the rows back; line drawing comes as SO and letters, so G1 is the special graphics set.</summary>
    /// <param name="rows">As captured.</param>
    /// <param name="width">Of the pane.</param>
    /// <param name="height">Of the pane.</param>
    /// <param name="told">How many columns of each row were captured: erased cells at the end are not.</param>
    public static Screen Read(string[] rows, int width, int height, out int[] told)
    {
        told = new int[height];
        Emulator reader = new(width, height, new EmulatorOptions());
        reader.Write("\e)0\e[?7l");
        for (int y = 0; y < Math.Min(rows.Length, height); y++)
        {
            reader.Write($"\e[{y + 1}H{rows[y]}");
            told[y] = reader.Screen.Cursor.Column + (reader.Screen.CellsAt(y)[width - 1].IsBlank ? 0 : 1);
        }

        return reader.Screen;
    }

    /// <summary>Text, and behind it runs of columns with their style, up to the given column. Of a blank only what can be seen counts: background, underline, inverse.</summary>
    public static string Describe(Screen screen, int y, int columns)
    {
        StringBuilder text = new(ScreenText.Row(screen, y));
        Style last = Style.Default;
        for (int x = 0; x < columns; x++)
        {
            Style style = Visible(screen, screen.CellsAt(y)[x]);
            if (style != last)
            {
                text.Append(" {").Append(x).Append(' ').Append(StyleText.Describe(style)).Append('}');
                last = style;
            }
        }

        return text.ToString();
    }

    /// <summary>The column behind the row's last character.</summary>
    public static int End(Screen screen, int y)
    {
        int end = screen.Width;
        while (end > 0 && screen.CellsAt(y)[end - 1].IsBlank)
        {
            end--;
        }

        return end;
    }

    private static Style Visible(Screen screen, Cell cell)
    {
        const StyleAttributes SeenOnBlank = StyleAttributes.UnderlineMask | StyleAttributes.Inverse | StyleAttributes.Strike | StyleAttributes.Overline;
        Style style = screen.Tables.Styles[cell.Style];
        return cell.IsBlank && (style.Attributes & SeenOnBlank) == 0 ? style.Erased : style;
    }
}
