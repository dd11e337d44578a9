using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>A terminal that measures some characters otherwise than we do: only those characters may look wrong, never what stands around them.</summary>
public sealed class DoubtfulWidthTests
{
    private const int Width = 24;
    private const int Height = 6;

    /// <summary>
    /// The terminal is played by an emulator that is given something else instead: of the other width, cut in two, joined, or nothing at all.
    /// The first is what our screen holds, the second what such a terminal makes of it.
    /// </summary>
    [Theory]
    [InlineData("👍", "W")] // an emoji unknown to the terminal
    [InlineData("👍", "")] // dropped
    [InlineData("\uE0B0", "日")] // private use
    [InlineData("e\u0301", "日")] // the mark shown beside its letter
    [InlineData("e\u0301", "é")]
    [InlineData("👩\u200D💻", "日")] // a sequence joined
    [InlineData("👩\u200D💻", "日日")] // or not
    [InlineData("👩\u200D💻", "WW")]
    [InlineData("👩\u200D💻", "W")]
    [InlineData("🇩🇪", "日")] // a flag
    [InlineData("🇩🇪", "WW")]
    [InlineData("🇩🇪", "日日")]
    [InlineData("❤\uFE0F", "日")] // emoji presentation
    [InlineData("❤\uFE0F", "")]
    [InlineData("👍🏽", "日")] // skin tone
    [InlineData("👍🏽", "日日")]
    [InlineData("\U0001FAEA", "W")] // new in Unicode 17
    [InlineData("\U0001FAEA", "日")]
    [InlineData("\U0001FAEA", "")]
    [InlineData("①", "日")] // ambiguous
    public void The_rest_of_the_screen_is_right(string doubtful, string shownAs) => AssertRestIsRight(doubtful, shownAs, Rich);

    /// <summary>Where the terminal shows ambiguous characters wide and the locale says so: also those that all others take for narrow.</summary>
    [Theory]
    [InlineData("→", "日")]
    [InlineData("─", "日")]
    [InlineData("é", "日")]
    [InlineData("я", "日")]
    public void In_an_East_Asian_locale_only_ASCII_is_certain(string doubtful, string shownAs) =>
        AssertRestIsRight(doubtful, shownAs, Rich with { DoubtsAmbiguous = true });

    /// <summary>All that a terminal may have, so that all of it could go wrong.</summary>
    private static readonly TerminalCapabilities Rich = TerminalCapabilities.Default with { BackColorErase = true, Repeat = true, ScrollDown = true };

    private static void AssertRestIsRight(string doubtful, string shownAs, TerminalCapabilities capabilities)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            Random random = new(seed);
            TerminalPainter painter = new(capabilities);
            Emulator terminal = new(Width, Height, new EmulatorOptions());
            Emulator remote = new(Width, Height, new EmulatorOptions());
            for (int round = 0; round < 60; round++)
            {
                remote.Write(Output(random, doubtful));
                string bytes = painter.Paint(remote.Screen);
                terminal.Write(bytes.Replace(doubtful, shownAs, StringComparison.Ordinal));
                AssertRestIsRight(remote.Screen, terminal.Screen, $"seed {seed} round {round} {Pictures.Readable(bytes)}");
            }
        }
    }

    /// <summary>The doubtful character goes away in each way there is; afterwards the whole screen is right.</summary>
    [Theory]
    [InlineData("\x1b[2J")]
    [InlineData("\x1b[3;1H\x1b[K")]
    [InlineData("\x1b[3;5H\x1b[4P")]
    [InlineData("\x1b[3;1H\x1b[12@")]
    [InlineData("\x1b[3;1H\x1b[M")]
    [InlineData("\x1b[3;1H==========================")]
    [InlineData("\x1b[3;5H\x1b[4X")]
    [InlineData("\x1b[H\x1b[9M")]
    public void When_it_goes_away_the_screen_is_right(string output)
    {
        foreach ((string doubtful, string shownAs) in new[] { ("👍", "W"), ("👩\u200D💻", "日日"), ("\uE0B0", "日"), ("❤\uFE0F", "") })
        {
            TerminalPainter painter = new(Rich);
            Emulator terminal = new(Width, Height, new EmulatorOptions());
            Emulator remote = new(Width, Height, new EmulatorOptions());
            remote.Write($"one\r\ntwo\r\nabcd{doubtful}fgh ij\r\nfour\r\nfive");
            terminal.Write(painter.Paint(remote.Screen).Replace(doubtful, shownAs, StringComparison.Ordinal));
            remote.Write(output);
            terminal.Write(painter.Paint(remote.Screen).Replace(doubtful, shownAs, StringComparison.Ordinal));
            if (remote.Screen.AllText().Contains(doubtful, StringComparison.Ordinal))
            {
                AssertRestIsRight(remote.Screen, terminal.Screen, output);
            }
            else
            {
                Pictures.AssertSame(remote.Screen, terminal.Screen, Pictures.Readable(output));
            }
        }
    }

    /// <summary>ECH, EL, REP and shifts never pass over a doubtful character: what is right of it is given its place explicitly.</summary>
    [Fact]
    public void Behind_a_doubtful_character_the_place_is_given_explicitly()
    {
        TerminalPainter painter = new(Rich);
        Emulator remote = new(Width, Height, new EmulatorOptions());
        remote.Write("ab👍cccccccccc");
        Assert.Contains("ab  \b\b👍^[[1;5Hc^[[9b", Pictures.Readable(painter.Paint(remote.Screen)), StringComparison.Ordinal);
        remote.Write("\r\x1b[@x");
        Assert.DoesNotContain("\x1b[@", painter.Paint(remote.Screen), StringComparison.Ordinal);
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

    private static string Output(Random random, string doubtful) => random.Next(9) switch
    {
        6 => "=================="[random.Next(18)..],
        7 => $"\x1b[{random.Next(1, 4)}{"LMST"[random.Next(4)]}",
        8 => "\x1b[J",
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
