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
    private static Screen Read(string[] rows, int width, int height, out int[] told)
    {
        told = new int[height];
        Emulator reader = new(width, height, new EmulatorOptions());
        reader.Write("\e)0\e[?7l");
        for (int y = 0; y < Math.Min(rows.Length, height); y++)
        {
            reader.Write($"\e[{y + 1}H{Mend(rows[y])}");
            told[y] = reader.Screen.Cursor.Column + (reader.Screen.CellsAt(y)[width - 1].IsBlank ? 0 : 1);
        }

        return reader.Screen;
    }

    /// <summary>tmux 3.3a tells overline (53) as 5:3: it takes every code above 9 for an underline style.</summary>
    private static string Mend(string row) => row.Replace("\e[5:3", "\e[53", StringComparison.Ordinal).Replace(";5:3", ";53", StringComparison.Ordinal);

    /// <summary>Text, and behind it runs of columns with their style, up to the given column. Of a blank only what can be seen counts: background, underline, inverse.</summary>
    private static string Describe(Screen screen, int y, int columns)
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

    /// <summary>The first row that is not shown alike, or the cursor; null: none.</summary>
    public static string? FirstDifference(Screen screen, TmuxPane pane) => Differences(screen, pane).Select(d => d.Text).FirstOrDefault();

    /// <summary>Row by row, and the cursor as the row behind the last one.</summary>
    public static IEnumerable<(int Row, string Text)> Differences(Screen screen, TmuxPane pane)
    {
        Screen shown = Read(pane.Rows(), screen.Width, screen.Height, out int[] told);
        for (int y = 0; y < screen.Height; y++)
        {
            int columns = Math.Max(told[y], End(screen, y));
            string ours = Describe(screen, y, columns);
            string theirs = Describe(shown, y, columns);
            if (ours != theirs)
            {
                yield return (y, $"row {y}\n  ours {ours}\n  tmux {theirs}");
            }
        }

        (int row, int column) = pane.Cursor();

        // Behind the last column tmux counts one further while a wrap is pending.
        if ((screen.Cursor.Row, screen.Cursor.Column) != (row, Math.Min(column, screen.Width - 1)))
        {
            yield return (screen.Height, $"row {screen.Height} (cursor): ours {screen.Cursor.Row},{screen.Cursor.Column} tmux {row},{column}");
        }
    }

    /// <summary>The column behind the row's last character.</summary>
    private static int End(Screen screen, int y)
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
