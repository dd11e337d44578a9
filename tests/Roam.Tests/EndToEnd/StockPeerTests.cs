using System.Globalization;
using Roam.Host;
using Roam.Session;
using Roam.Terminal;

namespace Roam.Tests.EndToEnd;

/// <summary>Stock's programs opposite one of our sessions: what is ours alone they skip, and a client that did not ask never gets it.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class StockPeerTests
{
    /// <summary>A report goes with one in 16 on a clean path.</summary>
    private const int InstructionsWanted = 32;

    [Fact]
    public void A_stock_client_is_never_welcomed()
    {
        using InProcessPeer server = InProcessPeer.StartServer(out int port, out string key);
        using TerminalWindow window = StartStockClient(port, key);
        TypeAndSee(server, window);
        Assert.Null(server.Server!.PeerAnnouncement);
        Assert.Null(server.Server.LocalState.Welcome);
        Assert.DoesNotContain(server.Tap.Instructions, i => i.HasAnnouncement || i.HasReport || i.HasFarTerminal);
    }

    [Fact]
    public void A_stock_client_would_skip_a_welcome_a_far_terminal_and_loss_reports_all_the_same()
    {
        using InProcessPeer server = InProcessPeer.StartServer(out int port, out string key);
        server.Server!.LocalState.Welcome = Announcement.Own.WelcomeTo(Announcement.Own);
        server.Server.LocalState.FarTerminal = new FarTerminal(IsKnown: true, IsCanonical: true, Echoes: true, IsAlternateScreen: false);
        server.Server.Connection.SendsReports = true;
        using TerminalWindow window = StartStockClient(port, key);
        TypeAndSee(server, window);
        Assert.Contains(server.Tap.Instructions, i => i.HasAnnouncement && i.HasFarTerminal);
        Assert.Contains(server.Tap.Instructions, i => i.HasReport);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stock_server_skips_hello_and_would_skip_loss_reports(bool reports)
    {
        (int port, string key) = RemoteSession.StartServer(Programs.StockServer, ["cat"], []);
        using InProcessPeer client = InProcessPeer.StartClient(port, key);
        client.Client!.Connection.SendsReports = reports;
        client.RunUntil("the server", () => client.Client.EverHeard);
        while (client.Tap.Instructions.Count < InstructionsWanted)
        {
            int before = client.Tap.Instructions.Count;
            client.Client.HandleInput(SystemClock.Now, "x"u8);
            client.RunUntil("the key to go", () => client.Tap.Instructions.Count > before);
        }

        client.Client.HandleInput(SystemClock.Now, "end\r"u8);
        client.RunUntil("the echo and the line that cat answers", () => TerminalWindow.TextOf(client.Client.Connection.Remote.Screen).Split("xend\n").Length == 3);
        Assert.True(client.Tap.Instructions[0].HasAnnouncement);
        Assert.Equal(reports, client.Tap.Instructions.Any(i => i.HasReport));
        Assert.Null(client.Client.PeerAnnouncement);
        client.Client.Shutdown(SystemClock.Now);
        client.RunUntil("the end", () => client.Client.IsFinished);
        Assert.True(client.Client.CleanShutdown);
    }

    private static TerminalWindow StartStockClient(int port, string key) => TerminalWindow.Open(
        [Programs.StockClient, "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)], 80, 24, ("MOSH_KEY", key), ("LC_ALL", "C.UTF-8"));

    /// <summary>Key by key, so that there are instructions enough.</summary>
    private static void TypeAndSee(InProcessPeer server, TerminalWindow window)
    {
        server.RunUntil("the client", () => server.Server!.Connection.RemoteNumber > 0);
        string typed = "";
        while (server.Tap.Instructions.Count < InstructionsWanted)
        {
            char key = (char)('a' + (typed.Length % 26));
            typed += key;
            int before = server.Tap.Instructions.Count;
            window.Type($"{key}");
            server.RunUntil("the echo to go", () => server.Tap.Instructions.Count > before && IsOn(server.Server!.LocalState.Screen, typed));
        }

        server.RunUntil("the client's window", () => window.Look(s => IsOn(s, typed)));
        window.Type("\u001e.");
        server.RunUntil("the end", () => server.Server!.IsFinished);
        Assert.Equal(0, window.WaitForExit());
    }

    private static bool IsOn(Screen screen, string text) => TerminalWindow.TextOf(screen).StartsWith(text, StringComparison.Ordinal);
}
