using System.Globalization;
using Roam.Host;

namespace Roam.Tests.Host;

public sealed unsafe class ClientProcessTests
{
    private const string SomeKey = "AAAAAAAAAAAAAAAAAAAAAA";
    private const uint LocalModes = 0b1011; // ISIG, ICANON, ECHO (termios.h)

    [Theory]
    [InlineData(Libc.SIGTERM)]
    [InlineData(Libc.SIGINT)]
    [InlineData(Libc.SIGHUP)]
    [InlineData(Libc.SIGQUIT)]
    [InlineData(Libc.SIGALRM)]
    [InlineData(Libc.SIGUSR1)]
    [InlineData(Libc.SIGUSR2)]
    public void A_signal_ends_a_session_in_order_and_the_terminal_is_as_it_was(int signal)
    {
        using ServerProcess server = new("sh", "-c", "echo here; read x");
        using PtySession client = server.StartClient();
        client.Expect("here");
        Assert.Equal(0U, ModesOf(client) & LocalModes);
        Assert.Equal(0, Libc.kill(client.Pty.Pid, signal));
        client.Expect("[mosh is exiting.]");
        Assert.Equal(LocalModes, ModesOf(client) & LocalModes);
        Assert.Equal(0, client.WaitForExit());
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void A_client_that_never_heard_anything_names_the_port_and_fails()
    {
        using ServerEndpoint silent = ServerEndpoint.TryBind("127.0.0.1", 0, 0, out _)!;
        using PtySession client = ServerProcess.StartClient(SomeKey, silent.Port);
        Poller.WaitReadable(silent.Socket.Fd);
        client.Expect("Nothing received from server");
        Assert.Equal(0, Libc.kill(client.Pty.Pid, Libc.SIGTERM));
        client.Expect("UDP port " + silent.Port.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(1, client.WaitForExit());
        Assert.Equal(LocalModes, ModesOf(client) & LocalModes);
    }

    [Fact]
    public void A_window_that_changes_its_size_reaches_the_program()
    {
        using ServerProcess server = new("sh", "-c", "trap 'stty size' WINCH; stty size; while :; do read x; done");
        using PtySession client = server.StartClient(90, 25);
        client.Expect("25 90");
        client.Pty.Resize(111, 33);
        client.Expect("33 111");
    }

    [Fact]
    public void Suspending_gives_the_terminal_back_and_resuming_paints_it_again()
    {
        using ServerProcess server = new("sh", "-c", "echo landmark; read x; echo heard $x; read x");
        using PtySession client = server.StartClient();
        client.Expect("landmark");
        client.Type("\x1e\x1a");
        client.Expect("suspended");
        int status;
        Assert.Equal(client.Pty.Pid, Libc.waitpid(client.Pty.Pid, &status, 2)); // WUNTRACED
        Assert.Equal(0x7F, status & 0xFF);
        Assert.Equal(LocalModes, ModesOf(client) & LocalModes);
        Assert.Equal(0, Libc.kill(client.Pty.Pid, Libc.SIGCONT));
        client.Expect("landmark");
        Assert.Equal(0U, ModesOf(client) & LocalModes);
        client.Type("again\r");
        client.Expect("heard again");
    }

    [Fact]
    public void A_terminal_that_is_gone_ends_client_and_server()
    {
        using ServerProcess server = new("sh", "-c", "echo here; read x");
        PtySession client = server.StartClient();
        client.Expect("here");
        int pid = client.Pty.Pid;
        client.Pty.Dispose();
        int status;
        Assert.Equal(pid, Libc.waitpid(pid, &status, 0));
        Assert.Equal(0, Libc.ExitCodeOf(status));
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void A_slow_terminal_gets_the_newest_frame_and_holds_nothing_up()
    {
        string done = Path.GetTempFileName();
        File.Delete(done);
        using ServerProcess server = new("sh", "-c", $"mkfifo {done}; echo ready; read x; seq 1 300000; echo; echo all of it; echo done > {done}; read x");
        using PtySession client = server.StartClient();
        client.Expect("ready");
        client.Type("\r");

        // Nothing is read from the client's terminal until the server has taken all of the output: its acknowledgements must not wait for the terminal.
        using ChildProcess reader = ChildProcess.TryStart(["timeout", "60", "cat", done], out _)!;
        Assert.Equal("done", reader.ReadLine());
        File.Delete(done);
        client.Expect("all of it");
        Assert.True(client.Output.Length < 1_000_000, "every intermediate screen was painted");
    }

    [Fact]
    public void Standard_input_that_is_no_terminal_is_named()
    {
        using ChildProcess child = ChildProcess.TryStart(["sh", "-c", $"MOSH_KEY={SomeKey} exec {NativeBinary.Path} client 127.0.0.1 9 </dev/null"], out _)!;
        string text = "";
        while (child.ReadLine() is { } line)
        {
            text += line + "\n";
        }

        Assert.Contains("terminal", text, StringComparison.Ordinal);
        Assert.NotEqual(0, child.WaitForExit());
    }

    [Fact]
    public void The_key_is_wiped_from_the_environment_that_others_can_see()
    {
        using ServerProcess server = new("sh", "-c", "echo here; read x");
        using PtySession client = server.StartClient();
        client.Expect("here");
        string environ = System.Text.Encoding.UTF8.GetString(Libc.ReadFile($"/proc/{client.Pty.Pid}/environ", 1 << 20)!);
        Assert.DoesNotContain(server.KeyText, environ, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories($"/proc/{client.Pty.Pid}/task").Length);
    }

    private static uint ModesOf(PtySession session)
    {
        Libc.Termios termios;
        Assert.Equal(0, Libc.tcgetattr(session.Pty.Fd, &termios));
        return termios.LocalFlags;
    }
}
