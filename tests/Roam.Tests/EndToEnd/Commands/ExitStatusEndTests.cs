namespace Roam.Tests.EndToEnd;

/// <summary>The exit status of a program on a terminal is the client's.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class ExitStatusEndTests
{
    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("kill -TERM $$", 143)]
    [InlineData("exit 0", 0)]
    public void Of_a_command(string line, int code)
    {
        using TerminalWindow window = TerminalWindow.Open([Programs.Roam, $"--ssh={SshServer.Instance.Command}", "127.0.0.1", "sh", "-c", $"echo it runs; {line}"]);
        Assert.Equal(code, window.WaitForExit());
        Assert.Contains("it runs", window.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_login_shell_on_this_machine()
    {
        using TerminalWindow window = TerminalWindow.Open([Programs.Roam], 80, 24, ("SHELL", "/bin/bash"));
        window.Type("PS1='ready''> '\r");
        window.WaitForText("ready>");
        window.Type("exit 5\r");
        Assert.Equal(5, window.WaitForExit());
    }

    [Theory]
    [InlineData(Pair.OurServerOurClient)]
    [InlineData(Pair.OurServerStockClient)]
    [InlineData(Pair.SshOurWrapperOurServer)]
    public void With_a_stock_peer_and_under_moshs_names_it_is_moshs_0(Pair pair)
    {
        // With --server the wrapper is mosh's way, yet both ends are ours and know of the status.
        int expected = pair == Pair.SshOurWrapperOurServer ? 3 : 0;
        using RemoteSession session = RemoteSession.Start(pair, ["sh", "-c", "exit 3"]);
        Assert.Equal(expected, session.Window.WaitForExit());
    }

    [Fact]
    public void The_user_who_ends_the_session_ends_it_with_0()
    {
        using TerminalWindow window = TerminalWindow.Open([Programs.Roam, "--local", "127.0.0.1", "sh", "-c", "echo it runs; read x; exit 4"]);
        window.WaitForText("it runs");
        window.Type("\x1e.");
        Assert.Equal(0, window.WaitForExit());
    }
}
