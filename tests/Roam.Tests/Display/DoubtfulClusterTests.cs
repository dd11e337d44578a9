using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>The program uses clusters (mode 2027), the user's terminal takes their parts one by one: only the clusters may look wrong.</summary>
public sealed class DoubtfulClusterTests
{
    private const int Width = 24;
    private const int Height = 6;

    [Theory]
    [InlineData("👩\u200D💻")]
    [InlineData("👨\u200D👩\u200D👧\u200D👦")]
    [InlineData("🇫🇷")]
    [InlineData("❤\uFE0F")]
    [InlineData("👍🏽")]
    [InlineData("क\u094Dत")]
    [InlineData("1\uFE0F\u20E3")]
    public void The_rest_of_the_screen_is_right_around_clusters(string cluster)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            Random random = new(seed);
            TerminalPainter painter = new(TerminalCapabilities.Default with { BackColorErase = true });
            Emulator terminal = new(Width, Height, new EmulatorOptions());
            Emulator remote = new(Width, Height, new EmulatorOptions());
            remote.Write("\x1b[?2027h");
            for (int round = 0; round < 60; round++)
            {
                remote.Write(Output(random, cluster));
                string bytes = painter.Paint(remote.Screen);
                terminal.Write(bytes);
                AssertRestIsRight(remote.Screen, terminal.Screen, $"seed {seed} round {round} {Pictures.Readable(bytes)}");
            }
        }
    }

    private static string Output(Random random, string cluster) => random.Next(7) switch
    {
        0 => cluster,
        1 => $"\x1b[{random.Next(1, Height + 1)};{random.Next(1, Width + 1)}H",
        2 => $"\x1b[{random.Next(1, 5)}{"XP@K"[random.Next(4)]}",
        3 => "ab" + cluster + "cd",
        4 => "\r\n",
        5 => $"\x1b[{random.Next(1, Height + 1)};{Width - 1}H{cluster}",
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
