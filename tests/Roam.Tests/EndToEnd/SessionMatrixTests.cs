using Roam.Terminal;

namespace Roam.Tests.EndToEnd;

/// <summary>What a person does in a session, by every pair of programs.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class SessionMatrixTests
{
    public static TheoryData<Pair> Pairs { get; } = [.. Enum.GetValues<Pair>()];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_is_typed_is_seen_and_exit_ends_in_order(Pair pair)
    {
        using RemoteSession session = RemoteSession.Start(pair);
        session.Run("echo he''llo", "hello");
        session.Window.Type("exit\r");
        Assert.Equal(0, session.Window.WaitForExit());
        Assert.Contains("[mosh is exiting.]", session.Window.Heard, StringComparison.Ordinal);
        Processes.WaitForEnd(session.ServerPid, "the server");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Utf8_and_wide_text_stands_in_its_columns(Pair pair)
    {
        using RemoteSession session = RemoteSession.Start(pair);
        session.Run("printf '\\n[%s]\\n' 'é世界ñ한'\"z\"", "[é世界ñ한z]");
        int row = session.Window.Look(RowOf("[é世界"));
        Cell[] cells = session.Window.Look(s => s.CellsAt(row).ToArray());
        Assert.Equal([1, 1, 2, 0, 2, 0, 1, 2, 0, 1, 1], cells[..11].Select(c => c.Width));
        session.Run("echo grü''ße 世''界", "grüße 世界");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_far_side_learns_the_windows_size(Pair pair)
    {
        using RemoteSession session = RemoteSession.Start(pair, width: 90, height: 20);
        session.Run("echo size: $(stty size)", "size: 20 90");
        session.Window.Resize(120, 33);
        // The shell's answer may come before the new size has arrived: it is asked until it says so.
        session.Run("until [ \"$(stty size)\" = '33 120' ]; do read -t 0.05; done; echo now: $(stty size)", "now: 33 120");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_editor_works(Pair pair)
    {
        string file = Sandbox.NewFile("text");
        using RemoteSession session = RemoteSession.Start(pair);
        session.Window.Type($"vim -u NONE -N {file}\r");
        session.Window.WaitFor("vim's screen", s => TerminalWindow.TextOf(s).Contains("~\n~\n~", StringComparison.Ordinal));
        session.Window.Type("ione two\rthree 世界\u001b");
        session.Window.WaitFor("the text", s => TerminalWindow.TextOf(s).StartsWith("one two\nthree 世界\n~", StringComparison.Ordinal));
        session.Window.Type(":wq\r");
        session.Window.WaitForText("\n" + RemoteSession.Prompt);
        session.Run("echo af''ter", "after");
        Assert.Equal("one two\nthree 世界\n", File.ReadAllText(file));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Five_megabytes_of_output_come_to_their_end(Pair pair)
    {
        using RemoteSession session = RemoteSession.Start(pair);
        session.Run("seq 1 760000; echo the' 'end", "759999\n760000\nthe end");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_terminated_client_restores_its_terminal(Pair pair)
    {
        using RemoteSession session = RemoteSession.Start(pair, underShell: true);
        // Modes that a program asked for and that must not stay behind.
        session.Run("printf '\\033[?1000h\\033[?1006h\\033[?2004h\\033[?25l'; echo mo''des", "modes");
        Processes.Signal(session.ClientPid, Processes.SIGTERM);
        session.Window.WaitForText("code:");
        Assert.Contains("modes: same", session.Window.Text, StringComparison.Ordinal);
        ScreenModes modes = session.Window.Look(s => s.Modes);
        Assert.Equal(MouseTracking.None, modes.Mouse);
        Assert.False(modes.CursorHidden);
        // Stock 1.4.0 leaves bracketed paste on.
        bool isStockClient = pair is Pair.OurServerStockClient or Pair.SshStockWrapperOurServer;
        Assert.Equal(isStockClient, modes.BracketedPaste);
        Processes.WaitForEnd(session.ServerPid, "the server");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void SIGUSR1_ends_a_session_at_once(Pair pair)
    {
        using RemoteSession session = RemoteSession.Start(pair);
        Processes.Signal(session.ServerPid, Processes.SIGUSR1);
        Processes.WaitForEnd(session.ServerPid, "the server");
        session.Window.WaitForExit();
        Assert.Contains("[mosh is exiting.]", session.Window.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_silent_client_is_given_up_after_the_timeout(Pair pair)
    {
        using RemoteSession session = RemoteSession.Start(pair, serverEnvironment: ["MOSH_SERVER_NETWORK_TMOUT=1"]);
        Processes.Signal(session.ClientPid, Processes.SIGSTOP);
        Processes.WaitForEnd(session.ServerPid, "the server");
    }

    [Fact]
    public void SIGUSR1_leaves_a_session_alone_that_was_heard_within_its_timeout()
    {
        using RemoteSession session = RemoteSession.Start(Pair.OurServerOurClient, serverEnvironment: ["MOSH_SERVER_SIGNAL_TMOUT=3600"]);
        Processes.Signal(session.ServerPid, Processes.SIGUSR1);
        session.Run("echo still' 'here", "still here");
        session.Window.Type("exit\r");
        Assert.Equal(0, session.Window.WaitForExit());
    }

    [Theory]
    [InlineData(Pair.OurServerStockClient, Processes.SIGTERM)]
    [InlineData(Pair.OurServerOurClient, Processes.SIGTERM)]
    [InlineData(Pair.OurServerOurClient, Processes.SIGINT)]
    public void A_terminated_server_says_goodbye(Pair pair, int signal)
    {
        using RemoteSession session = RemoteSession.Start(pair);
        Processes.Signal(session.ServerPid, signal);
        Assert.Equal(0, session.Window.WaitForExit());
        Processes.WaitForEnd(session.ServerPid, "the server");
    }

    private static Func<Screen, int> RowOf(string text) => screen =>
        Array.FindIndex(TerminalWindow.TextOf(screen).Split('\n'), l => l.StartsWith(text, StringComparison.Ordinal));
}
