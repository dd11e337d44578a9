using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Roam.Tests.EndToEnd;

/// <summary>What goes wrong before and around a session: a clear message, the right code, the terminal as it was.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class BadInputTests
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Theory]
    [InlineData("mosh")]
    [InlineData("roam")]
    public void An_unknown_host_is_named(string name)
    {
        (string text, int code) = Wrapper(name, $"--ssh={SshServer.Instance.Command}", "no-such-host.invalid");
        Assert.Equal(255, code);
        Assert.Contains("no-such-host.invalid", text, StringComparison.Ordinal);
        Assert.Contains($"{name}: ssh to no-such-host.invalid failed (exit code 255)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_connection_is_named()
    {
        int port = SshServer.FreeTcpPort();
        (string text, int code) = Wrapper("mosh", $"--ssh={SshServer.Instance.Command} -p {port}", "127.0.0.1");
        Assert.Equal(255, code);
        Assert.Contains("refused", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("mosh: ssh to 127.0.0.1 failed (exit code 255)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mosh", "/nonexistent/mosh-server")]
    [InlineData("roam", "no-such-server")]
    public void A_missing_server_is_named_with_the_way_to_install_it(string name, string server)
    {
        (string text, int code) = Wrapper(name, $"--ssh={SshServer.Instance.Command}", $"--server={server}", "127.0.0.1");
        Assert.Equal(127, code);
        Assert.Contains($"{name}: {server} was not found on 127.0.0.1.", text, StringComparison.Ordinal);
        Assert.Contains("Install it there", text, StringComparison.Ordinal);
        Assert.Contains("--server=/path/to/mosh-server", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3;", 3, "the server's command on 127.0.0.1 failed (exit code 3)")]
    [InlineData("true", 1, "ended without a MOSH CONNECT line")]
    [InlineData("echo MOSH CONNECT 60001 short;", 1, "MOSH CONNECT line is not understood")]
    [InlineData("echo MOSH IP 10.6.6.6;", 1, "a second address (10.6.6.6) was announced after 127.0.0.1")]
    public void A_server_command_that_is_none_is_named(string server, int code, string message)
    {
        (string text, int actual) = Wrapper("mosh", $"--ssh={SshServer.Instance.Command}", $"--server={server}", "127.0.0.1");
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.Equal(code, actual);
    }

    [Fact]
    public void A_missing_ssh_is_named()
    {
        (string text, int code) = Wrapper("mosh", "--ssh=/nonexistent/ssh", "127.0.0.1");
        Assert.NotEqual(0, code);
        Assert.Contains("mosh: /nonexistent/ssh could not be started", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ssh_that_calls_no_proxy_leaves_no_address_and_that_is_said()
    {
        string ssh = Script($"echo MOSH CONNECT 60001 {Key}");
        (string text, int code) = Wrapper("mosh", $"--ssh={ssh}", "127.0.0.1");
        Assert.Equal(1, code);
        Assert.Contains("no address was told", text, StringComparison.Ordinal);
        Assert.Contains("--experimental-remote-ip=remote", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "TERM is not set")]
    [InlineData("", "TERM is not set")]
    [InlineData("no-such-terminal", "unknown terminal type 'no-such-terminal'")]
    [InlineData("../../etc/passwd", "unknown terminal type")]
    public void A_missing_terminal_type_is_named_before_anything_is_started(string? term, string message)
    {
        foreach (string[] argv in (string[][])[[Programs.Roam], [Programs.Link("mosh"), "127.0.0.1"], [Programs.Link("mosh-client"), "127.0.0.1", "60001"]])
        {
            (string text, int code) = InWindow(argv, ("TERM", term), ("MOSH_KEY", Key));
            Assert.Equal(1, code);
            Assert.Contains(message, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, "MOSH_KEY is not set")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA", "MOSH_KEY is not a key")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAB", "MOSH_KEY is not a key")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA==", "MOSH_KEY is not a key")]
    public void A_bad_key_is_named_and_not_repeated(string? key, string message)
    {
        (string text, int code) = InWindow([Programs.Link("mosh-client"), "127.0.0.1", "60001"], ("MOSH_KEY", key));
        Assert.Equal(1, code);
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAAA", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roam")]
    [InlineData("mosh")]
    [InlineData("mosh-client")]
    public void Without_a_terminal_nothing_is_started(string name)
    {
        string[] arguments = name == "mosh-client" ? ["127.0.0.1", "60001"] : ["127.0.0.1"];
        (int code, string output, string error) = Programs.Run(Programs.Link(name), arguments, ("MOSH_KEY", Key));
        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"{name}: standard input is not a terminal; a session needs one.\n", error);
    }

    [Theory]
    [InlineData("MOSH_PREDICTION_DISPLAY", "sometimes")]
    [InlineData("MOSH_ESCAPE_KEY", "ab")]
    public void A_bad_variable_is_named(string name, string value)
    {
        (string text, int code) = InWindow([Programs.Link("mosh-client"), "127.0.0.1", "60001"], ("MOSH_KEY", Key), (name, value));
        Assert.Equal(1, code);
        Assert.Contains(name, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("256", "xterm-256color")]
    [InlineData("8", "linux")]
    public void The_number_of_colours_is_told(string expected, string term)
    {
        Assert.Equal((0, expected + "\n", ""), Programs.Run(Programs.Link("mosh-client"), ["-c"], ("TERM", term)));
    }

    /// <summary>Three silences at once, because each takes the client's 15 s: a port that nobody answers on, one that refuses, and a server with another key.</summary>
    [Fact]
    public void A_client_that_hears_nothing_gives_up_and_names_port_and_firewall()
    {
        using Socket silent = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int silentPort = ((IPEndPoint)silent.LocalEndPoint!).Port;
        int closedPort = SshServer.FreeTcpPort();
        (int otherPort, _) = RemoteSession.StartServer(Programs.Link("mosh-server"), ["true"], []);
        List<(TerminalWindow Window, int Port)> windows = [];
        foreach (int port in (int[])[silentPort, closedPort, otherPort])
        {
            windows.Add((InShell([Programs.Link("mosh-client"), "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)], ("MOSH_KEY", Key)), port));
        }

        foreach ((TerminalWindow window, int port) in windows)
        {
            window.WaitForText("code: 1");
            Assert.Contains("modes: same", window.Text, StringComparison.Ordinal);
            Assert.Contains($"UDP port {port}", window.Text, StringComparison.Ordinal);
            Assert.Contains("firewall", window.Text, StringComparison.Ordinal);
            window.Dispose();
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(500, 200)]
    public void Any_size_of_window_works(int width, int height)
    {
        string file = Sandbox.NewFile("size");
        using RemoteSession session = RemoteSession.Start(Pair.OurServerOurClient, ["sh", "-c", $"until [ \"$(stty size)\" = '{height} {width}' ]; do read -t 1 x; done; stty size >{file}; seq 1 3000; exit"], width, height);
        // What wakes the program's loop, should the size come after its first look.
        for (int i = 0; i < 100 && !File.Exists(file); i++)
        {
            session.Window.Type("\r");
            Processes.WaitReadable(-1, 50);
        }

        Assert.Equal(0, session.Window.WaitForExit());
        Assert.Equal($"{height} {width}\n", File.ReadAllText(file));
    }

    private static (string Text, int Code) Wrapper(string name, params string[] arguments) => InWindow([Programs.Link(name), .. arguments]);

    /// <summary>Runs to the end in a window, under a shell that looks at the terminal's modes before and after.</summary>
    private static (string Text, int Code) InWindow(string[] argv, params (string Name, string? Value)[] environment)
    {
        using TerminalWindow window = InShell(argv, environment);
        window.WaitForText("code: ");
        string text = window.Text;
        Assert.Contains("modes: same", text, StringComparison.Ordinal);
        int code = int.Parse(text[(text.IndexOf("code: ", StringComparison.Ordinal) + 6)..].Split('.')[0], CultureInfo.InvariantCulture);
        return (text.Replace("\n", "", StringComparison.Ordinal), code);
    }

    private static TerminalWindow InShell(string[] argv, params (string Name, string? Value)[] environment) => TerminalWindow.Open(
        ["sh", "-c", "a=$(stty -g); \"$@\"; c=$?; b=$(stty -g); [ \"$a\" = \"$b\" ] && echo modes: same || echo modes: changed; echo code: $c.; read x", "sh", .. argv],
        width: 200, environment: environment);

    private static string Script(string text)
    {
        string file = Sandbox.NewFile("script");
        File.WriteAllText(file, text + "\n");
        return "sh " + file;
    }
}
