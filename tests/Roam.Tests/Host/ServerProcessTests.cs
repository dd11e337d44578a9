using System.Text;
using Roam.Host;

namespace Roam.Tests.Host;

public sealed unsafe class ServerProcessTests
{
    [Fact]
    public void The_detached_server_is_its_own_session_without_the_key_in_sight()
    {
        using ServerProcess server = new(new ServerHostOptions { Command = ["sh"], ProcessName = "mosh-server", DisplayArguments = ["new", "-s"] });
        string stat = Read(server, "stat");

        // Fields after the name in brackets (proc(5)): state, parent, group, session.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        Assert.Equal(server.Pid.ToString(), fields[3]);
        Assert.Contains("(mosh-server)", stat, StringComparison.Ordinal);
        Assert.Equal("mosh-server\0" + Detach.ChildVerb + "\0new\0-s\0", Read(server, "cmdline"));
        Assert.DoesNotContain(server.KeyText, Read(server, "environ"), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories($"/proc/{server.Pid}/task").Length);
    }

    [Theory]
    [InlineData(Libc.SIGTERM)]
    [InlineData(Libc.SIGINT)]
    public void A_server_that_nobody_uses_ends_at_a_signal(int signal)
    {
        using ServerProcess server = new("sh");
        server.Signal(signal);
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void Signals_from_the_terminal_it_came_from_do_not_matter()
    {
        using ServerProcess server = new("sh", "-c", "echo here; read x");
        server.Signal(Libc.SIGHUP);
        server.Signal(Libc.SIGPIPE);
        using PtySession client = server.StartClient();
        client.Expect("here");
    }

    [Fact]
    public void The_program_starts_with_the_first_authentic_datagram_and_no_garbage_starts_it()
    {
        string file = Path.GetTempFileName();
        File.Delete(file);
        using ServerProcess server = new("sh", "-c", $"touch {file}; echo started; read x");
        using (UdpSocket stranger = UdpSocket.TryOpen(isIPv6: false)!)
        {
            AddressLookup.TryResolve("127.0.0.1", server.Port, Libc.AF_INET, numericOnly: true, out var address, out _);
            byte[] garbage = new byte[1200];
            for (int i = 0; i < 500; i++)
            {
                new SystemRandom().Fill(garbage);
                stranger.Send(garbage.AsSpan(0, i % 1200), address[0]);
            }
        }

        Assert.False(File.Exists(file));
        using PtySession client = server.StartClient();
        client.Expect("started");
        Assert.True(File.Exists(file));
        File.Delete(file);
    }

    [Fact]
    public void The_program_finds_mosh_s_environment_its_home_and_its_core_limit()
    {
        // The server keeps its own limit at 0, so the program's must be another one to show anything.
        Libc.RLimit limits;
        Assert.Equal(0, Libc.getrlimit(Libc.RLIMIT_CORE, &limits));
        limits.Soft = Math.Min(limits.Hard, 512 * 1024);
        Assert.Equal(0, Libc.setrlimit(Libc.RLIMIT_CORE, &limits));
        using ServerProcess server = new("sh", "-c", "echo T=$TERM N=$NCURSES_NO_UTF8_ACS S=${STY-none} C=$(ulimit -Sc) P=$PWD; cd; pwd; read x");
        using PtySession client = server.StartClient();
        string limit = Shell("ulimit -Sc");
        string home = Shell("cd; pwd");
        client.Expect($"T=xterm-256color N=1 S=none C={limit} P={home}");
        Assert.Matches("Max core file size +0 ", Read(server, "limits"));
    }

    [Fact]
    public void Without_a_command_the_user_s_shell_is_a_login_shell()
    {
        using ServerProcess server = new();
        using PtySession client = server.StartClient();
        client.Type("echo shell:$0:\r");
        client.Expect("shell:-");
        client.Type("exit\r");
        Assert.Equal(0, client.WaitForExit());
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void What_the_program_writes_last_is_seen_and_its_end_is_everybody_s()
    {
        using ServerProcess server = new("sh", "-c", "read x; echo last words");
        using PtySession client = server.StartClient();
        client.Expect("\e[?1h");
        client.Type("\r");
        client.Expect("last words");
        Assert.Equal(0, client.WaitForExit());
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void A_command_that_does_not_exist_is_named_to_the_user()
    {
        using ServerProcess server = new("/no/such/program");
        using PtySession client = server.StartClient();
        client.Expect("/no/such/program");
        Assert.Equal(0, client.WaitForExit());
        Assert.Equal(1, server.WaitForExit());
    }

    [Theory]
    [InlineData(Libc.SIGTERM)]
    [InlineData(Libc.SIGUSR1)]
    public void A_signal_to_the_server_ends_both_in_order(int signal)
    {
        using ServerProcess server = new("sh", "-c", "echo here; read x");
        using PtySession client = server.StartClient();
        client.Expect("here");
        server.Signal(signal);
        Assert.Equal(0, client.WaitForExit());
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void Sigusr1_leaves_a_session_alone_that_was_heard_within_its_limit()
    {
        using ServerProcess server = new(new ServerHostOptions { Command = ["sh", "-c", "echo here; read x; echo still $x"], SignalTimeoutSeconds = 3600 });
        using PtySession client = server.StartClient();
        client.Expect("here");
        server.Signal(Libc.SIGUSR1);
        client.Type("there\r");
        client.Expect("still there");
    }

    [Fact]
    public void A_server_whose_client_died_ends_after_the_network_timeout()
    {
        using ServerProcess server = new(new ServerHostOptions { Command = ["sh", "-c", "echo here; read x"], NetworkTimeoutSeconds = 1 });
        using PtySession client = server.StartClient();
        client.Expect("here");
        _ = Libc.kill(client.Pty.Pid, Libc.SIGKILL);
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void Keys_work_while_the_program_floods_the_screen()
    {
        using ServerProcess server = new("sh", "-c", "trap 'echo; echo stopped; exit 0' INT; echo ready; read x; while :; do seq 1 100000; done");
        using PtySession client = server.StartClient();
        client.Expect("ready");
        client.Type("\r");
        client.Expect("77");
        client.Type("\x03");
        client.Expect("stopped");
        Assert.Equal(0, client.WaitForExit());
    }

    private static string Read(ServerProcess server, string file) => Encoding.UTF8.GetString(Libc.ReadFile($"/proc/{server.Pid}/{file}", 1 << 20)!);

    private static string Shell(string command)
    {
        using ChildProcess child = ChildProcess.TryStart(["sh", "-c", command], out string error)!;
        Assert.Equal("", error);
        return child.ReadLine()!;
    }
}
