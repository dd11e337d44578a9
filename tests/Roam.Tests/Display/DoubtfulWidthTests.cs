using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>A terminal that measures some characters otherwise than we do: only those characters may look wrong, never what stands around them.</summary>
public sealed class DoubtfulWidthTests
{
    private const int Width = 24;
    private const int Height = 6;

    /// <summary>The terminal is played by an emulator that is given a character of the other width instead.</summary>
    [Theory]
    [InlineData("👍", "W")]
    [InlineData("\uE0B0", "日")]
    [InlineData("e\u0301", "日")]
    [InlineData("👩\u200D💻", "W")]
    public void The_rest_of_the_screen_is_right(string doubtful, string shownAs)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            Random random = new(seed);
            TerminalPainter painter = new(TerminalCapabilities.Default with { BackColorErase = true });
            Emulator terminal = new(Width, Height, new EmulatorOptions());
            Emulator remote = new(Width, Height, new EmulatorOptions());
            for (int round = 0; round < 40; round++)
            {
                remote.Write(Output(random, doubtful));
                string bytes = painter.Paint(remote.Screen);
                terminal.Write(bytes.Replace(doubtful, shownAs, StringComparison.Ordinal));
                AssertRestIsRight(remote.Screen, terminal.Screen, $"seed {seed} round {round} {Pictures.Readable(bytes)}");
            }
        }
    }

    [Theory]
    [InlineData("\uE0B0", "日")]
    [InlineData("❤\uFE0F", "日")]
    public void A_character_that_turns_out_wide_in_the_last_column_does_not_reach_the_next_row(string doubtful, string shownAs)
    {
        TerminalPainter painter = new(TerminalCapabilities.Default);
        Emulator terminal = new(Width, Height, new EmulatorOptions());
        Emulator remote = new(Width, Height, new EmulatorOptions());
        remote.Write($"\x1b[2;1Hnext\x1b[{Height};1Hlast\x1b[1;{Width}H{doubtful}\x1b[{Height};{Width}H{doubtful}");
        terminal.Write(painter.Paint(remote.Screen).Replace(doubtful, shownAs, StringComparison.Ordinal));
        Assert.Equal("next", terminal.Screen.RowText(1));
        Assert.StartsWith("last", terminal.Screen.RowText(Height - 1), StringComparison.Ordinal);
    }

    private static string Output(Random random, string doubtful) => random.Next(6) switch
    {
        0 => doubtful,
        1 => $"\x1b[{random.Next(1, Height + 1)};{random.Next(1, Width + 1)}H",
        2 => $"\x1b[{random.Next(1, 5)}{"XP@K"[random.Next(4)]}",
        3 => "ab" + doubtful + "cd",
        4 => "\r\n",
        _ => "word ",
    };

    private static void AssertRestIsRight(Screen expected, Screen actual, string context)
    {
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                Cell cell = expected.CellsAt(y)[x];
                bool certain = cell.Width == 1 && !cell.IsGrapheme && cell.Content < 0x7F;
                Assert.True(!certain || cell.Content == actual.CellsAt(y)[x].Content, $"{context} row {y} column {x}: '{actual.RowText(y)}' for '{expected.RowText(y)}'");
            }
        }
    }
}
