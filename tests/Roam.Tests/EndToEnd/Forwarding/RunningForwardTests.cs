using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Roam.Tests.EndToEnd;

/// <summary>Forwardings that come and go while the session runs, those of ssh's configuration, and who forbids them.</summary>
[Collection(EndToEndCollection.Name)]
public sealed partial class RunningForwardTests : IDisposable
{
    private const char EscapeKey = '\u001E';

    private static readonly string[] Shell = ["env", $"PS1={RemoteSession.Prompt} ", "bash", "--norc", "--noprofile", "-i"];

    private readonly TcpListener _service = new(IPAddress.Loopback, 0);
    private readonly string _runtime = Directory.CreateTempSubdirectory("roam-run-").FullName;

    /// <summary>It says hello to whoever comes.</summary>
    public RunningForwardTests()
    {
        _service.Start();
        new Thread(Greet) { IsBackground = true }.Start();
    }

    private int ServicePort => ((IPEndPoint)_service.LocalEndpoint).Port;

    [Fact]
    public void One_is_added_listed_and_removed_from_another_window()
    {
        using TerminalWindow window = Local();
        (int code, string output, string error) = Forward("-L", $"0:127.0.0.1:{ServicePort}");
        Assert.Equal((0, ""), (code, error));
        int port = PortIn(output);
        Assert.Equal("hello", Hear(port));
        (code, output, _) = Forward();
        Assert.Equal((0, $"-L 0:127.0.0.1:{ServicePort} (port {port}) listens on port {port}\n"), (code, output));
        (code, output, _) = Forward("-R", "0:127.0.0.1:" + ServicePort, "-D", "0", "--list");
        Assert.Equal(0, code);
        Assert.Equal(5, output.Count(c => c == '\n'));
        (code, output, error) = Forward("--remove", port.ToString(CultureInfo.InvariantCulture));
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("is removed\n", output, StringComparison.Ordinal);
        Assert.Throws<SocketException>(() => Hear(port));
        (code, _, error) = Forward("--remove", port.ToString(CultureInfo.InvariantCulture));
        Assert.Equal((1, $"roam forward: nothing is forwarded from {port}\n"), (code, error));
    }

    [Fact]
    public void A_port_that_is_taken_is_told_and_the_session_goes_on()
    {
        using TerminalWindow window = Local("--exit-on-forward-failure");
        (int code, _, string error) = Forward("-L", $"{ServicePort}:127.0.0.1:{ServicePort}");
        Assert.Equal(1, code);
        Assert.Contains($"-L {ServicePort}:127.0.0.1:{ServicePort}", error, StringComparison.Ordinal);
        Run(window, "echo on''ward", "onward");
        Assert.Equal("nothing is forwarded\n", Forward().Output);
    }

    [Fact]
    public void One_is_typed_after_the_escape_key()
    {
        using TerminalWindow window = Local();
        int port = SshServer.FreeTcpPort();
        window.Type($"{EscapeKey}");
        window.WaitForText("\"f\" forwards ports");
        window.Type("f");
        window.WaitForText("forward> _");
        window.Type($"-L {port}:127.0.0.1:{ServicePort}\r");
        window.WaitForText($"listens on port {port}");
        Assert.Equal("hello", Hear(port));
        window.Type($"{EscapeKey}f-KL {port}\r");
        window.WaitForText("is removed");
        Assert.Throws<SocketException>(() => Hear(port));
        Run(window, "echo no''thing typed", "nothing typed");
    }

    [Fact]
    public void Datagrams_are_forwarded_both_ways()
    {
        using Socket service = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        service.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using TerminalWindow window = Local();
        (int code, string output, string error) = Forward("-L", $"udp:0:127.0.0.1:{((IPEndPoint)service.LocalEndPoint!).Port}");
        Assert.Equal((0, ""), (code, error));
        using Socket program = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = (int)Programs.Patience.TotalMilliseconds };
        program.Connect(IPAddress.Loopback, PortIn(output));
        service.ReceiveTimeout = program.ReceiveTimeout;
        byte[] buffer = new byte[65536];
        foreach (int length in (int[])[20, 500, 1400, 9000, 30])
        {
            program.Send(new byte[length]);
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            Assert.Equal(length, service.ReceiveFrom(buffer, ref from));
            service.SendTo(buffer.AsSpan(0, length + 1), from);
            Assert.Equal(length + 1, program.Receive(buffer));
        }
    }

    [Fact]
    public void With_several_clients_one_has_to_be_chosen()
    {
        Assert.Equal((1, "roam forward: no client of yours is running on this machine. (It is run where the terminal is, not on the far side.)\n"), (Forward().ExitCode, Forward().Error));
        using TerminalWindow one = Local();
        using TerminalWindow two = Local("--no-init");
        (int code, _, string error) = Forward("-D", "0");
        Assert.Equal(1, code);
        Assert.Contains("several clients are running: choose one with --session\n", error, StringComparison.Ordinal);
        Assert.Contains($"  {one.Pid}  ", error, StringComparison.Ordinal);
        Assert.Contains("--local --no-init 127.0.0.1", error, StringComparison.Ordinal);
        Assert.Equal(0, Forward("--session", two.Pid.ToString(CultureInfo.InvariantCulture), "-D", "0").ExitCode);
        Assert.Equal("nothing is forwarded\n", Forward("--session", one.Pid.ToString(CultureInfo.InvariantCulture)).Output);
    }

    [Fact]
    public void What_the_administrator_forbids_is_refused_with_the_line_that_says_so()
    {
        string policy = Sandbox.NewFile("policy.conf");
        File.WriteAllText(policy, $"forbid remote-forward\npermit connect 127.0.0.1:1\n");
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), Shell, [$"HOME={Sandbox.Home}"], serverOptions: ["--policy", policy, "--forbid=udp"]);
        using TerminalWindow window = Join(Programs.Link("mosh-client"), port, key);
        (int code, _, string error) = Forward("-R", $"0:127.0.0.1:{ServicePort}");
        Assert.Equal(1, code);
        Assert.Contains($"forbidden by {policy}, line 1, on {Environment.MachineName}", error, StringComparison.Ordinal);
        int near = PortIn(Forward("-L", $"0:127.0.0.1:{ServicePort}").Output);
        Assert.Equal("", Hear(near));
        window.WaitForText($"127.0.0.1:{ServicePort}: not among what {policy}, line 2, permits, on ");
        using Socket program = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        program.Connect(IPAddress.Loopback, PortIn(Forward("-L", "udp:0:127.0.0.1:53").Output));
        program.Send("question"u8);
        window.WaitForText("127.0.0.1:53: forbidden by the server's --forbid on ");
        Run(window, "echo on''ward", "onward");
    }

    [Fact]
    public void With_a_stock_server_it_is_said_what_is_needed()
    {
        (int port, string key) = RemoteSession.StartServer(Programs.StockServer, Shell, [$"HOME={Sandbox.Home}"]);
        using TerminalWindow window = Join(Programs.Link("mosh-client"), port, key);
        (int code, _, string error) = Forward("-L", $"0:127.0.0.1:{ServicePort}");
        Assert.Equal(1, code);
        Assert.Contains("Forwarding needs Roam on 127.0.0.1", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_sshs_configuration_forwards_is_the_sessions_and_not_its_sshs()
    {
        using SshAgent agent = new();
        string servers = Directory.CreateTempSubdirectory(Path.GetFileName(Sandbox.NewFile("servers"))).FullName;
        File.Copy(Programs.Roam, servers + "/roam-linux-x64");
        File.WriteAllText(servers + "/roam-linux-x64.sha256", $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Programs.Roam)))}  roam-linux-x64\n");
        int near = SshServer.FreeTcpPort();
        string cache = Directory.CreateDirectory(Sandbox.NewFile("cache")).FullName;
        string ssh = $"{SshServer.Instance.CommandWith("XDG_CACHE_HOME=" + cache)} -o 'LocalForward={near} 127.0.0.1:{ServicePort}' -o ForwardAgent=yes -o ExitOnForwardFailure=yes";
        using TerminalWindow window = TerminalWindow.Open(
            [Programs.Roam, $"--ssh={ssh}", "127.0.0.1", .. Shell], 160, 24, ("SSH_AUTH_SOCK", agent.Path), ("LC_ALL", "C.UTF-8"), ("ROAM_SERVERS", servers), ("XDG_RUNTIME_DIR", _runtime));
        window.WaitForText(RemoteSession.Prompt);
        Assert.Equal("hello", Hear(near));
        Run(window, "ssh-add -l; echo co''de $?", "code 0");
        Run(window, "echo path $SSH_AUTH_SOCK", ".agent");
        Directory.Delete(servers, recursive: true);
    }

    public void Dispose()
    {
        _service.Stop();
        Directory.Delete(_runtime, recursive: true);
    }

    private void Greet()
    {
        try
        {
            while (true)
            {
                using TcpClient guest = _service.AcceptTcpClient();
                guest.GetStream().Write("hello"u8);
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }

    /// <summary>What comes from the port until its end. No connection at all: an exception.</summary>
    private static string Hear(int port)
    {
        using TcpClient guest = new();
        guest.Connect(IPAddress.Loopback, port);
        byte[] buffer = new byte[100];
        try
        {
            int length = guest.GetStream().ReadAtLeast(buffer, 5, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private TerminalWindow Local(params string[] options)
    {
        TerminalWindow window = TerminalWindow.Open([Programs.Roam, "--local", .. options, "127.0.0.1", .. Shell], 160, 24, ("LC_ALL", "C.UTF-8"), ("XDG_RUNTIME_DIR", _runtime));
        window.WaitForText(RemoteSession.Prompt);
        return window;
    }

    private TerminalWindow Join(string client, int port, string key)
    {
        TerminalWindow window = TerminalWindow.Open(
            [client, "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)], 200, 24, ("MOSH_KEY", key), ("LC_ALL", "C.UTF-8"), ("XDG_RUNTIME_DIR", _runtime));
        window.WaitForText(RemoteSession.Prompt);
        return window;
    }

    private (int ExitCode, string Output, string Error) Forward(params string[] words) => Programs.Run(Programs.Roam, ["forward", .. words], ("XDG_RUNTIME_DIR", _runtime));

    private static int PortIn(string output)
    {
        Match match = ListensOn().Match(output);
        Assert.True(match.Success, output);
        return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static void Run(TerminalWindow window, string line, string output)
    {
        window.Type(line + "\r");
        window.WaitForText(output);
    }

    [GeneratedRegex(@"listens on port (\d+)\n")]
    private static partial Regex ListensOn();
}
