using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>Diffs read by a terminal that is not ours: tmux must show what our screen holds.</summary>
public sealed class TmuxDifferentialTests
{
    private const int Width = 60;
    private const int Height = 12;
    private const int Rounds = 30;

    [Fact]
    public void Tmux_shows_what_the_diffs_say()
    {
        Assert.SkipUnless(Tmux.IsInstalled, "tmux is not installed");
        using Tmux tmux = new();
        for (int seed = 0; seed < 12; seed++)
        {
            Emulator program = new(Width, Height, new EmulatorOptions());
            NarrowProgram output = new(seed, Width, Height);
            StringBuilder diffs = new(Pictures.Initial(program.Screen));
            for (int round = 0; round < Rounds; round++)
            {
                Screen from = program.Screen.Snapshot();
                program.Write(output.Next(1 + (round % 10)));
                diffs.Append(Pictures.Diff(from, program.Screen));
            }

            string[] shown = tmux.Show(Width, Height, Encoding.UTF8.GetBytes(diffs.ToString()));
            AssertShows(program.Screen, shown, seed);
        }
    }

    /// <summary>The painter too, with what tmux's own entry tells, and with all that tmux understands beyond it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tmux_shows_what_was_painted(bool all)
    {
        Assert.SkipUnless(Tmux.IsInstalled, "tmux is not installed");
        TerminalCapabilities tmuxEntry = TerminalCapabilities.From(TerminfoEntries.Load("tmux-256color"), "tmux-256color", "truecolor");
        TerminalCapabilities capabilities = all ? tmuxEntry with { EraseCharacters = true, BackColorErase = true, Repeat = true } : tmuxEntry;
        using Tmux tmux = new();
        for (int seed = 0; seed < 12; seed++)
        {
            Emulator program = new(Width, Height, new EmulatorOptions());
            NarrowProgram output = new(seed, Width, Height);
            TerminalPainter painter = new(capabilities);
            StringBuilder painted = new(painter.Paint(program.Screen));
            for (int round = 0; round < Rounds; round++)
            {
                program.Write(output.Next(1 + (round % 10)));
                painted.Append(painter.Paint(program.Screen));
            }

            AssertShows(program.Screen, tmux.Show(Width, Height, Encoding.UTF8.GetBytes(painted.ToString())), seed);
        }
    }

    /// <summary>tmux tells each row as text with SGR; our emulator reads that back into cells.</summary>
    private static void AssertShows(Screen expected, string[] rows, int seed)
    {
        Emulator read = new(Width, Height, new EmulatorOptions());
        for (int y = 0; y < Height; y++)
        {
            read.Write($"\x1b[{y + 1}H{rows[y]}");
        }

        for (int y = 0; y < Height; y++)
        {
            Assert.True(Shown(expected, y) == Shown(read.Screen, y), $"seed {seed} row {y}\nours {Shown(expected, y)}\ntmux {Shown(read.Screen, y)}");
        }
    }

    /// <summary>Text and rendition of a row. Blanks count by background only, and not behind the last character: capture-pane does not tell them there.</summary>
    private static string Shown(Screen screen, int y)
    {
        StringBuilder text = new();
        Style last = Style.Default;
        foreach (Cell cell in screen.CellsAt(y)[..End(screen, y)])
        {
            Style style = screen.Tables.Styles[cell.Style];
            style = cell.IsBlank && (style.Attributes & (StyleAttributes.UnderlineMask | StyleAttributes.Inverse)) == 0 ? style.Erased : style;
            if (style != last)
            {
                text.Append('{').Append(style.Foreground.Value).Append(',').Append(style.Background.Value).Append(',').Append(style.Attributes).Append('}');
                last = style;
            }

            text.Append(cell.IsSpacer ? "" : new Rune(cell.Content).ToString());
        }

        return text.ToString();
    }

    private static int End(Screen screen, int y)
    {
        int end = screen.Width;
        while (end > 0 && screen.CellsAt(y)[end - 1].IsBlank)
        {
            end--;
        }

        return end;
    }
}
