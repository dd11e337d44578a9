using System.Text;
using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

/// <summary>What capture-pane -e tells, as a screen, and rows as text with styles that both emulators can agree on.</summary>
internal static class TmuxCapture
{
    /// <summary>Our emulator reads the rows back; line drawing comes as SO and letters, so G1 is the special graphics set.</summary>
    public static Screen Read(string[] rows, int width, int height)
    {
        Emulator reader = new(width, height, new EmulatorOptions());
        reader.Write("\e)0\e[?7l");
        for (int y = 0; y < Math.Min(rows.Length, height); y++)
        {
            reader.Write($"\e[{y + 1}H{rows[y]}");
        }

        return reader.Screen;
    }

    /// <summary>Text, and behind it runs of columns with their style. Of a blank only what can be seen counts: background, underline, inverse.</summary>
    public static string Describe(Screen screen, int y)
    {
        StringBuilder text = new(ScreenText.Row(screen, y));
        Style last = Style.Default;
        for (int x = 0; x < screen.Width; x++)
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

    private static Style Visible(Screen screen, Cell cell)
    {
        const StyleAttributes SeenOnBlank = StyleAttributes.UnderlineMask | StyleAttributes.Inverse | StyleAttributes.Strike | StyleAttributes.Overline;
        Style style = screen.Tables.Styles[cell.Style];
        return cell.IsBlank && (style.Attributes & SeenOnBlank) == 0 ? style.Erased : style;
    }
}
