using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>What has left the screen is in the scrollback of the user's own terminal, by the real programs.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class HistoryTests
{
    [Fact]
    public void Five_hundred_lines_and_an_editor_between_them_are_in_the_terminals_scrollback_once_and_in_order()
    {
        using RemoteSession session = RemoteSession.Start(Pair.OurServerOurClient);
        session.Run("seq 1 250; echo fir''st", "first");
        session.Window.Type("vim -u NONE -N /etc/passwd\r");
        session.Window.WaitForText("root:");
        session.Window.Type(":q\r");
        session.Window.WaitFor("the shell's screen", s => !TerminalWindow.TextOf(s).Contains("root:", StringComparison.Ordinal));
        session.Run("seq 251 500; echo seco''nd", "second");
        session.Window.Type("exit\r");
        Assert.Equal(0, session.Window.WaitForExit());
        string[] lines = session.Window.AllLines;
        Assert.Equal(Enumerable.Range(1, 500), lines.Where(l => int.TryParse(l, CultureInfo.InvariantCulture, out _)).Select(l => int.Parse(l, CultureInfo.InvariantCulture)));
        Assert.DoesNotContain(lines, l => l.Contains("root:", StringComparison.Ordinal) || l.StartsWith('~') || l.Contains("mosh:", StringComparison.Ordinal));
        Assert.Single(lines, "first");
        Assert.Single(lines, "second");
        Assert.Contains("[mosh is exiting.]", lines);
    }

    [Theory]
    [InlineData(Pair.OurServerStockClient)]
    [InlineData(Pair.StockServerOurClient)]
    public void With_a_stock_peer_the_session_is_on_the_alternate_screen_and_leaves_nothing(Pair pair)
    {
        using RemoteSession session = RemoteSession.Start(pair);
        session.Run("seq 1 100; echo do''ne", "done");
        session.Window.Type("exit\r");
        Assert.Equal(0, session.Window.WaitForExit());
        Assert.Contains("\e[?1049h", session.Window.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Window.AllLines, l => l == "50");
    }

    [Fact]
    public void Without_history_it_is_as_with_a_stock_peer()
    {
        using RemoteSession session = RemoteSession.Start(Pair.OurServerOurClient, clientEnvironment: ("ROAM_NO_HISTORY", "1"));
        session.Run("seq 1 100; echo do''ne", "done");
        session.Window.Type("exit\r");
        Assert.Equal(0, session.Window.WaitForExit());
        Assert.DoesNotContain(session.Window.AllLines, l => l == "50");
    }

    [Fact]
    public void A_server_that_keeps_no_lines_is_as_a_stock_one()
    {
        using RemoteSession session = RemoteSession.Start(Pair.OurServerOurClient, serverEnvironment: ["ROAM_HISTORY_LINES=0"]);
        session.Run("seq 1 100; echo do''ne", "done");
        session.Run($"{Programs.Roam} history", "this session keeps no history");
    }

    [Fact]
    public void Roam_history_prints_what_has_left_the_screen()
    {
        using RemoteSession session = RemoteSession.Start(Pair.OurServerOurClient);
        session.Run("seq 1 100; echo do''ne", "done");
        session.Run($"{Programs.Roam} history --plain | grep -c '^[0-9]*$' | sed 's/^[78].$/ke&pt/;s/[0-9]//g'", "kept");
        session.Run($"{Programs.Roam} history --session nobody", "no session nobody is running here; there are:");
    }
}
