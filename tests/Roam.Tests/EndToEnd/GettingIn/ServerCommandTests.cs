using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Roam.Tests.EndToEnd;

/// <summary>`mosh-server` as scripts and wrappers call it.</summary>
[Collection(EndToEndCollection.Name)]
public sealed partial class ServerCommandTests
{
    private const string Connect = @"MOSH CONNECT \d+ [A-Za-z0-9+/]{22}\n";

    [Fact]
    public void It_announces_port_and_key_and_leaves()
    {
        (int code, string output, string error) = Server(["new", "-p", "0", "--", "true"]);
        Assert.Equal(0, code);
        Assert.Matches("^" + Connect + "$", output);
        Assert.Matches(@"\nmosh-server \(roam [^\n]*\n(.*\n)*\[mosh-server detached, pid = \d+\]\n$", error);
    }

    [Theory]
    [InlineData("new -p0 -c256 -s")]
    [InlineData("new -p 0 -@ x -l LANG=C.UTF-8")]
    [InlineData("new -p 0 -i 127.0.0.1")]
    [InlineData("new -p 0 -i 203.0.113.1")]
    [InlineData("new -p 0 -Z --future")]
    [InlineData("127.0.0.1 0")]
    public void It_starts_by_every_form(string line)
    {
        (int code, string output, _) = Server(line.Split(' '));
        Assert.Equal(0, code);
        Assert.Matches(Connect, output);
    }

    [Fact]
    public void A_range_is_searched_for_a_free_port()
    {
        using Socket busy = Bound(out int port);
        string range = $"{port}:{Math.Min(port + 20, 65535)}";
        (int code, string output, _) = Server(["new", "-i", "127.0.0.1", "-p", range]);
        Assert.Equal(0, code);
        Assert.DoesNotContain($"MOSH CONNECT {port} ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_busy_port_is_named()
    {
        using Socket busy = Bound(out int port);
        (int code, string output, string error) = Server(["new", "-p", $"{port}"]);
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains($"mosh-server: no UDP port of {port} could be bound: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new -p 70000", "bad UDP port or range (70000): port 70000 is outside 0..65535")]
    [InlineData("new -p 9:8", "bad UDP port or range (9:8): low port 9 is greater than high port 8")]
    [InlineData("new -c x", "bad number of colours (x)")]
    [InlineData("a b c", "too many arguments")]
    public void What_is_wrong_is_named_with_the_usage(string line, string message)
    {
        (int code, string output, string error) = Server(line.Split(' '));
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"mosh-server: {message}\nUsage: mosh-server new ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_UTF8_locale_anywhere_a_session_starts_and_it_is_said_once()
    {
        string file = Sandbox.NewFile("locale");
        string[] words = ["new", "-p", "0", "-i", "127.0.0.1", "-l", "LANG=xx_YY.UTF-8", "--", "sh", "-c", $"locale charmap >{file}.part; mv {file}.part {file}; read x"];
        (int code, string output, string error) = Programs.Run(Programs.Link("mosh-server"), words, ("LC_ALL", "C"));
        Assert.Equal(0, code);
        Assert.Matches(Connect, output);
        Assert.Equal(2, error.Split("C.UTF-8").Length);
        Assert.Contains("LANG=xx_YY.UTF-8", error, StringComparison.Ordinal);
        Join(output);
        Assert.Equal("UTF-8\n", File.ReadAllText(file));
    }

    [Fact]
    public void The_clients_locale_is_used_when_the_servers_own_is_none()
    {
        string file = Sandbox.NewFile("locale");
        string[] words = ["new", "-p", "0", "-i", "127.0.0.1", "-l", "LANG=C.UTF-8", "--", "sh", "-c", $"locale charmap >{file}.part; echo $LANG >>{file}.part; mv {file}.part {file}; read x"];
        (_, string output, string error) = Programs.Run(Programs.Link("mosh-server"), words, ("LC_ALL", null));
        Assert.DoesNotContain("locale", error, StringComparison.Ordinal);
        Join(output);
        Assert.Equal("UTF-8\nC.UTF-8\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_wrong_timeout_is_told_and_ignored()
    {
        (int code, _, string error) = Server(["new", "-p", "0"], ("MOSH_SERVER_NETWORK_TMOUT", "soon"));
        Assert.Equal(0, code);
        Assert.Contains("MOSH_SERVER_NETWORK_TMOUT is no number of seconds (soon), ignored", error, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_the_announcement_starts_on_a_fresh_line()
    {
        using TerminalWindow window = TerminalWindow.Open([Programs.Link("mosh-server"), "new", "-p", "0", "--", "true"]);
        Assert.Equal(0, window.WaitForExit());
        Assert.Matches(@"^\r\n+MOSH CONNECT \d+ \S{22}\r\n", window.Heard.Replace("\r\r", "\r", StringComparison.Ordinal));
    }

    [Fact]
    public void The_program_finds_the_environment_that_mosh_gives()
    {
        using RemoteSession session = RemoteSession.Start(Pair.OurServerOurClient);
        session.Run("echo \"[$TERM|$NCURSES_NO_UTF8_ACS|${STY-none}|$(pwd)|$HOME]\"", $"[xterm-256color|1|none|{Sandbox.Home}|{Sandbox.Home}]");
        session.Run("stty -a | grep -o iutf8 | tr a-z A-Z", "IUTF8");
    }

    /// <summary>Joins the announced session, whose program waits for a line, and ends it.</summary>
    private static void Join(string announced)
    {
        string[] words = announced.Trim().Split(' ');
        using TerminalWindow window = TerminalWindow.Open([Programs.Link("mosh-client"), "127.0.0.1", words[2]], environment: [("MOSH_KEY", words[3])]);
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    /// <summary>Starts a server that nobody will join: it need not wait its minute for somebody.</summary>
    private static (int ExitCode, string Output, string Error) Server(string[] words, params (string Name, string? Value)[] environment)
    {
        (int code, string output, string error) = Programs.Run(Programs.Link("mosh-server"), words, environment);
        Match detached = DetachedPid().Match(error);
        if (detached.Success)
        {
            Processes.Signal(int.Parse(detached.Groups[1].Value, CultureInfo.InvariantCulture), Processes.SIGKILL);
        }

        return (code, output, error);
    }

    private static Socket Bound(out int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        return socket;
    }

    [GeneratedRegex(@"detached, pid = (\d+)")]
    private static partial Regex DetachedPid();
}
