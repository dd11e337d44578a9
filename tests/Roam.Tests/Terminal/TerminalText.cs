using System.Text;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

/// <summary>Screens as text, for tests.</summary>
internal static class TerminalText
{
    public static Emulator Create(int width, int height) => new(width, height, new EmulatorOptions());

    public static void Write(this Emulator emulator, string text) => emulator.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>The row without trailing blanks.</summary>
    public static string RowText(this Screen screen, int y)
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
                text.Append(new Rune(cell.Content).ToString());
            }
        }

        return text.ToString().TrimEnd(' ');
    }

    public static string AllText(this Screen screen) => string.Join('\n', Enumerable.Range(0, screen.Height).Select(screen.RowText));
}
