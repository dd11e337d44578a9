using System.Globalization;
using System.Text;
using Roam.Host;
using Roam.Terminal;

namespace Roam.Tests.EndToEnd;

/// <summary>A program that uses grapheme clusters (mode 2027), seen by stock's client: it cannot show them as they are, but everything else stands in its place.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class StockClusterTests
{
    private const int Width = 40;
    private const int Height = 8;

    [Fact]
    public void Text_around_clusters_is_right_in_stocks_client()
    {
        using InProcessPeer server = InProcessPeer.StartServer(out int port, out string key);
        using TerminalWindow window = TerminalWindow.Open(
            [Programs.StockClient, "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)], Width, Height, ("MOSH_KEY", key), ("LC_ALL", "C.UTF-8"));
        server.RunUntil("the client's window size", () => server.Server!.LocalState.Screen.Width == Width);
        string[] clusters = ["👩\u200D💻", "👨\u200D👩\u200D👧\u200D👦", "🇫🇷", "❤\uFE0F", "1\uFE0F\u20E3", "👍🏽", "ᄒ\u1161\u11AB", "क\u094Dत", "น\u0E33"];
        string spread = string.Concat(clusters.Select(static c => c + "ab"));
        string margin = string.Concat(clusters.Take(6).Select(static (c, i) => $"\x1b[{i + 3};1Hrow {i}\x1b[{i + 3};{Width - 1}H{c}"));
        Feed(server, $"\x1b[?2027h\x1b[2J\x1b[H{spread}\x1b[2;1Hbelow");
        Await(server, window, "the first picture");
        Feed(server, margin);
        Await(server, window, "clusters at the margin");
        Feed(server, $"\x1b[1;1H{string.Concat(clusters.Reverse().Select(static c => "xy" + c))}\x1b[2;1Hdone ");
        Await(server, window, "other clusters over them");
        Assert.Equal("done", TerminalWindow.TextOf(server.Server!.LocalState.Screen).Split('\n')[1].TrimEnd());
        window.Type("\u001e.");
        server.RunUntil("the end", () => server.Server!.IsFinished);
        Assert.Equal(0, window.WaitForExit());
    }

    private static void Feed(InProcessPeer server, string output) => server.Server!.HandleOutput(SystemClock.Now, Encoding.UTF8.GetBytes(output));

    private static void Await(InProcessPeer server, TerminalWindow window, string what)
    {
        string difference = "";
        try
        {
            server.RunUntil(what, () => (difference = window.Look(shown => Difference(server.Server!.LocalState.Screen, shown))).Length == 0);
        }
        catch (Exception)
        {
            Assert.Fail($"{what}: {difference}\n{window.Text}");
        }
    }

    /// <summary>Cells of plain ASCII must be the same; what a cluster's own cells show is stock's affair.</summary>
    private static string Difference(Screen wanted, Screen shown)
    {
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                Cell cell = wanted.CellsAt(y)[x];
                bool plain = cell.Width == 1 && !cell.IsGrapheme && cell.Content < 0x7F;
                if (plain && shown.CellsAt(y)[x].Bits << 40 != cell.Bits << 40)
                {
                    return $"row {y} column {x}";
                }
            }
        }

        return "";
    }
}
