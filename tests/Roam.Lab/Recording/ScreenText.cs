using System.Globalization;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// A screen as text that a person can read and compare: a line of cursor and modes, then each row that holds something as "row|text" and, below it, its
/// renditions as "columns style" (rows and columns count from 0; "wrapped" when the line goes on in the next row).
/// </summary>
internal static class ScreenText
{
    public static string Describe(Screen screen)
    {
        StringBuilder text = new();
        AppendState(text, screen);
        for (int y = 0; y < screen.Height; y++)
        {
            string row = Row(screen, y);
            string styles = Styles(screen, y);
            if (row.Length != 0 || styles.Length != 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{y,3}|{row}\n");
            }

            if (styles.Length != 0)
            {
                text.Append("     ").Append(styles).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The row's text without trailing blanks; a wide character stands once.</summary>
    public static string Row(Screen screen, int y)
    {
        StringBuilder text = new();
        foreach (Cell cell in screen.CellsAt(y))
        {
            if (cell.IsGrapheme)
            {
                text.Append(screen.Tables.Graphemes[cell.Content]);
            }
            else if (!cell.IsSpacer)
            {
                text.Append(char.ConvertFromUtf32(cell.Content));
            }
        }

        return text.ToString().TrimEnd(' ');
    }

    private static void AppendState(StringBuilder text, Screen screen)
    {
        Cursor cursor = screen.Cursor;
        text.Append(CultureInfo.InvariantCulture, $"{screen.Width}x{screen.Height} cursor {cursor.Row},{cursor.Column}");
        AppendIf(text, cursor.PendingWrap, "pending");
        AppendIf(text, screen.Modes.CursorHidden, "hidden");
        AppendIf(text, cursor.Shape != CursorShape.Default, cursor.Shape.ToString());
        AppendIf(text, screen.Modes.ReverseVideo, "reverse-video");
        AppendIf(text, screen.Modes.BracketedPaste, "bracketed-paste");
        AppendIf(text, screen.Modes.FocusEvents, "focus-events");
        AppendIf(text, screen.Modes.Mouse != MouseTracking.None, $"mouse={screen.Modes.Mouse}/{screen.Modes.MouseEncoding}");
        AppendIf(text, screen.Pen != Style.Default, $"pen \"{StyleText.Describe(screen.Pen)}\"");
        AppendIf(text, (screen.MarginTop, screen.MarginBottom) != (0, screen.Height - 1), $"margins {screen.MarginTop}-{screen.MarginBottom}");
        AppendIf(text, !string.IsNullOrEmpty(screen.Title), $"title \"{screen.Title}\"");
        AppendIf(text, screen.BellCount != 0, $"bells {screen.BellCount}");
        text.Append('\n');
    }

    private static void AppendIf(StringBuilder text, bool holds, string what)
    {
        if (holds)
        {
            text.Append(' ').Append(what);
        }
    }

    private static string Styles(Screen screen, int y)
    {
        StringBuilder text = new();
        ReadOnlySpan<Cell> cells = screen.CellsAt(y);
        for (int x = 0, end; x < cells.Length; x = end)
        {
            string style = StyleOf(screen, cells[x]);
            end = x + 1;
            while (end < cells.Length && (cells[end].Bits >> Cell.StyleShift == cells[x].Bits >> Cell.StyleShift || StyleOf(screen, cells[end]) == style))
            {
                end++;
            }

            if (style != "plain")
            {
                text.Append(text.Length == 0 ? "" : " | ").Append(x).Append('-').Append(end - 1).Append(' ').Append(style);
            }
        }

        return text.Append(screen.RowAt(y).Wrapped ? text.Length == 0 ? "wrapped" : " | wrapped" : "").ToString();
    }

    private static string StyleOf(Screen screen, Cell cell)
    {
        string style = StyleText.Describe(screen.Tables.Styles[cell.Style]);
        return cell.Link == 0 ? style : (style == "plain" ? "" : style + " ") + "link=" + screen.Tables.Links[cell.Link];
    }
}
