using System.Globalization;
using System.Net.Sockets;

namespace Roam.Tests.EndToEnd;

/// <summary>The ways to start a session beyond the plain one.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class WrapperTests
{
    [Fact]
    public void Roam_alone_is_a_session_on_this_machine()
    {
        using TerminalWindow window = TerminalWindow.Open([Programs.Roam]);
        window.WaitFor("a prompt", s => s.Cursor.Column > 0);
        window.Type("echo he''llo\r");
        window.WaitForText("\nhello");
        window.Type("exit\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Theory]
    [InlineData("roam", "--experimental-remote-ip=remote")]
    [InlineData("mosh", "--experimental-remote-ip=local")]
    [InlineData("mosh", "--no-ssh-pty", "-4", "--predict=always")]
    [InlineData("mosh", "--bind-server=any", "--no-init", "-n")]
    [InlineData("mosh", "--local")]
    public void Each_way_leads_to_a_session(string name, params string[] options)
    {
        using TerminalWindow window = Start(name, options, "sh", "-c", "echo it is' 'here; read x; echo; exit");
        window.WaitForText("it is here");
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    /// <summary>No Roam in the far side's PATH here, so mosh's server is what is found.</summary>
    [Fact]
    public void Roam_finds_a_server_on_the_far_side_by_itself()
    {
        using TerminalWindow window = TerminalWindow.Open([Programs.Roam, "--install=never", $"--ssh={SshServer.Instance.Command}", "127.0.0.1", "sh", "-c", "cat /proc/$PPID/cmdline | tr '\\0' ' '; read x; exit"]);
        window.WaitForText("mosh-server");
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void The_servers_port_is_in_the_range_that_was_asked_for()
    {
        using TerminalWindow window = Start("mosh", ["-p", "61200:61220"], "sh", "-c", "echo ready; read x; exit");
        window.WaitForText("ready");
        string port = Processes.CommandLine(window.Pid).Split(' ')[^1];
        Assert.InRange(int.Parse(port, CultureInfo.InvariantCulture), 61200, 61220);
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void A_session_runs_over_IPv6()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 && File.Exists("/proc/net/if_inet6"), "This machine has no IPv6.");
        using TerminalWindow window = TerminalWindow.Open([Programs.Link("mosh"), "--local", "-6", "::1", "--", "sh", "-c", "echo it is' 'here; read x; exit"]);
        window.WaitForText("it is here");
        Assert.Contains("| ::1 ", Processes.CommandLine(window.Pid), StringComparison.Ordinal);
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void What_ssh_and_start_files_say_is_shown()
    {
        using TerminalWindow window = TerminalWindow.Open(
            [Programs.Link("mosh"), $"--ssh={SshServer.Instance.Command}", $"--server=echo a line from the far side; {Programs.Link("mosh-server")}", "127.0.0.1", "--", "true"]);
        Assert.Equal(0, window.WaitForExit());
        Assert.Contains("a line from the far side", window.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("MOSH CONNECT", window.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("MOSH IP", window.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void The_escape_key_ends_a_session_also_when_nobody_answers()
    {
        using RemoteSession session = RemoteSession.Start(Pair.OurServerOurClient);
        Processes.Signal(session.ServerPid, Processes.SIGSTOP);
        session.Window.Type("\u001e.");
        session.Window.WaitForExit();
        Assert.Contains("[mosh", session.Window.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_put_aside_comes_back_to_its_screen()
    {
        using RemoteSession session = RemoteSession.Start(Pair.OurServerOurClient, underShell: true);
        session.Run("echo he''llo", "hello");
        session.Window.Type("\u001e\u001a");
        session.Window.WaitForText("[mosh is suspended.]");
        Processes.WaitForStop(session.ClientPid, "the client");
        Processes.Signal(session.ClientPid, Processes.SIGCONT);
        session.Window.WaitFor("its screen", s => TerminalWindow.TextOf(s).Contains("hello", StringComparison.Ordinal) && !TerminalWindow.TextOf(s).Contains("suspended", StringComparison.Ordinal));
        session.Run("echo back' 'again", "back again");
    }

    private static TerminalWindow Start(string name, string[] options, params string[] command) => TerminalWindow.Open(
        [Programs.Link(name), $"--ssh={SshServer.Instance.Command}", .. name == "mosh" ? (string[])[$"--server={Programs.Link("mosh-server")}"] : [], .. options, "127.0.0.1", "--", .. command]);
}
