using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>GNU screen must show the text that was painted for it.</summary>
public sealed class ScreenDifferentialTests
{
    private const int Rounds = 40;

    [Theory]
    [InlineData("screen")]
    [InlineData("screen-256color")]
    [InlineData("vt220")]
    [InlineData("vt100")]
    public void Screen_shows_what_was_painted(string term)
    {
        Assert.SkipUnless(GnuScreen.IsInstalled, "GNU screen is not installed");
        TerminalCapabilities capabilities = TerminalCapabilities.From(TerminfoEntries.Load(term), term, null);
        using GnuScreen screen = new();
        for (int seed = 0; seed < 4; seed++)
        {
            Emulator program = new(GnuScreen.Width, GnuScreen.Height, new EmulatorOptions());
            NarrowProgram output = new(seed, GnuScreen.Width, GnuScreen.Height, asciiOnly: true);
            TerminalPainter painter = new(capabilities);
            StringBuilder painted = new(painter.Paint(program.Screen));
            for (int round = 0; round < Rounds; round++)
            {
                program.Write(output.Next(1 + (round % 10)));
                painted.Append(painter.Paint(program.Screen));
            }

            string[] shown = screen.Show(Encoding.UTF8.GetBytes(painted.ToString()));
            for (int y = 0; y < GnuScreen.Height; y++)
            {
                Assert.True(program.Screen.RowText(y).TrimEnd() == shown[y], $"seed {seed} row {y}\nours   {program.Screen.RowText(y)}\nscreen {shown[y]}");
            }
        }
    }
}
