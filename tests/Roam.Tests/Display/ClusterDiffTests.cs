using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>How cells of mode 2027 go over the wire: exact for a Roam client, harmless for one that skips what it does not know.</summary>
public sealed class ClusterDiffTests
{
    private const int Width = 20;
    private const int Height = 4;

    [Theory]
    [InlineData("e\u0301", "e\u0301")]
    [InlineData("👍\uFE0E", "👍\uFE0E")]
    [InlineData("ᄒ\u1161\u11AB", "ᄒ\u1161\u11AB")]
    [InlineData("한\u11A8", "한\u11A8")]
    [InlineData("🏽", "🏽")]
    public void Cells_that_any_reader_makes_of_the_text_are_sent_as_text(string typed, string sent) => AssertSent(typed, sent);

    [Theory]
    [InlineData("👩\u200D💻", "👩\u200D\x1b]2027;2;👩\u200D💻\a")]
    [InlineData("👍🏽", "👍\x1b]2027;2;👍🏽\a")]
    [InlineData("🇫🇷", "  \r🇫\x1b]2027;2;🇫🇷\a")]
    [InlineData("❤\uFE0F", "  \r❤\uFE0F\x1b]2027;2;❤\uFE0F\a")]
    [InlineData("क\u094Dत", "क\u094D\x1b]2027;1;क\u094Dत\a")]
    public void Other_cells_are_spelled_behind_what_every_reader_shows(string typed, string sent) => AssertSent(typed, sent);

    /// <summary>Stock's client, played by an emulator that takes diffs for a program's output: it skips the strings, and only the clusters' own cells differ.</summary>
    [Fact]
    public void A_reader_that_skips_the_strings_has_everything_else_in_its_place()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Emulator program = new(Width, Height, new EmulatorOptions());
            Emulator reader = new(Width, Height, new EmulatorOptions());
            RandomProgram output = new(seed, Width, Height, clusters: true);
            program.Write("\x1b[?2027h");
            for (int round = 0; round < 40; round++)
            {
                Screen from = program.Screen.Snapshot();
                program.Write(output.Next(1 + (round % 12)));
                string diff = Pictures.Diff(from, program.Screen);
                reader.Write(diff);
                AssertRestIsRight(program.Screen, reader.Screen, $"seed {seed} round {round} {Pictures.Readable(diff)}");
            }
        }
    }

    [Theory]
    [InlineData("\x1b]2027;2;🇫🇷\a", " ")]
    [InlineData("🇫\x1b[1;2H\x1b]2027;2;🇫🇷\a", "🇫")]
    [InlineData("🇫\x1b]2027;3;🇫🇷\a", "🇫")]
    [InlineData("🇫\x1b]2027;2\a", "🇫")]
    [InlineData("🇫\x1b]2027;2;\a", "🇫")]
    [InlineData("🇫\x1b]2027;2;a long text that no cluster has: it is dropped whole\a", "🇫")]
    [InlineData("🇫\x1b]2027;2;a\u0085\a", "🇫")]
    public void What_makes_no_sense_in_a_diff_is_skipped(string diff, string cell)
    {
        Emulator empty = new(Width, Height, new EmulatorOptions());
        Screen screen = Pictures.Apply(empty.Screen, diff);
        Assert.Equal(cell, TextOf(screen, screen.CellsAt(0)[0]));
        Assert.Equal(1, screen.CellsAt(0)[0].Width);
    }

    private static void AssertSent(string typed, string sent)
    {
        Emulator program = new(Width, Height, new EmulatorOptions());
        Screen from = program.Screen.Snapshot();
        program.Write("\x1b[?2027h" + typed);
        string diff = Pictures.Diff(from, program.Screen);
        Assert.StartsWith(sent + "\x1b[", diff.Replace("\x1b[0m", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Pictures.AssertSame(program.Screen, Pictures.Apply(from, diff), Pictures.Readable(diff));
    }

    private static void AssertRestIsRight(Screen expected, Screen actual, string context)
    {
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                Cell cell = expected.CellsAt(y)[x];
                bool own = cell.IsSpacer || cell.IsGrapheme || CharWidth.Of(cell.Content) != cell.Width;
                string same = TextOf(actual, actual.CellsAt(y)[x]);
                Assert.True(own || TextOf(expected, cell) == same, $"{context} row {y} column {x}: '{same}' in '{actual.RowText(y)}' for '{expected.RowText(y)}'");
            }
        }
    }

    private static string TextOf(Screen screen, Cell cell) =>
        cell.IsSpacer ? "" : cell.IsGrapheme ? screen.Tables.Graphemes[cell.Content] : char.ConvertFromUtf32(cell.Content);
}
