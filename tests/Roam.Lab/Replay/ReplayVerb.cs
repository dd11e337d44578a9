using System.Globalization;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>`replay [--size WxH] FILE...`: shows the screen, as text, that each file of terminal output leaves; rows without trailing blanks, a form feed after each screen.</summary>
internal static class ReplayVerb
{
    public static int Run(ReadOnlySpan<string> args)
    {
        (int width, int height) = (80, 24);
        if (args.Length > 1 && args[0] == "--size")
        {
            string[] sides = args[1].Split('x');
            (width, height) = (int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[1], CultureInfo.InvariantCulture));
            args = args[2..];
        }

        using StreamWriter output = new(Console.OpenStandardOutput());
        foreach (string file in args)
        {
            Emulator emulator = new(width, height, new EmulatorOptions());
            emulator.Write(File.ReadAllBytes(file));
            emulator.Screen.CheckIntegrity();
            for (int y = 0; y < emulator.Screen.Height; y++)
            {
                output.Write(RowText(emulator.Screen, y) + "\n");
            }

            output.Write('\f');
        }

        return 0;
    }

    private static string RowText(Screen screen, int y)
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
}
