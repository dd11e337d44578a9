using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Roam.Tests.EndToEnd;

/// <summary>Connections beside the screen, with the programs people use.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class ForwardingTests
{
    [Theory]
    [InlineData("--socks5-hostname", "localhost")]
    [InlineData("--socks5", "127.0.0.1")]
    [InlineData("--socks4a", "localhost")]
    [InlineData("--socks4", "127.0.0.1")]
    public void Curl_reads_a_page_of_the_far_side_through_SOCKS(string option, string host)
    {
        int port = SshServer.FreeTcpPort();
        using FarService web = FarService.Web("a page");
        using ForwardedSession session = new ForwardedSession("D", Text(port)).Ready();
        Assert.Equal((0, "a page", ""), Programs.Run("curl", ["-sS", "-m", "50", option, $"127.0.0.1:{port}", $"http://{host}:{web.Port}/"]));
    }

    [Fact]
    public void SOCKS_says_why_there_is_no_connection()
    {
        int port = SshServer.FreeTcpPort();
        using ForwardedSession session = new ForwardedSession("D", Text(port)).Ready();
        Assert.Equal(5, SocksReply(port, "127.0.0.1", SshServer.FreeTcpPort()));
        Assert.Equal(4, SocksReply(port, "no-such-name.invalid", 80));
    }

    [Fact]
    public void Redis_answers_through_a_local_forward()
    {
        int far = SshServer.FreeTcpPort();
        int near = SshServer.FreeTcpPort();
        using System.Diagnostics.Process redis = System.Diagnostics.Process.Start("redis-server", ["--port", Text(far), "--bind", "127.0.0.1", "--save", "", "--dir", Sandbox.Home, "--logfile", "redis.log"]);
        try
        {
            using ForwardedSession session = new ForwardedSession("L", $"{near}:localhost:{far}").Ready();
            Until(() => Programs.Run("redis-cli", ["-p", Text(near), "ping"]).Output == "PONG\n");
            string value = new('v', 100_000);
            string[] cli = ["-p", Text(near)];
            Assert.Equal("OK\n", Programs.Run("redis-cli", [.. cli, "set", "key", value]).Output);
            Assert.Equal(value + "\n", Programs.Run("redis-cli", [.. cli, "get", "key"]).Output);
        }
        finally
        {
            redis.Kill();
        }
    }

    [Fact]
    public void A_web_server_of_this_side_is_read_on_a_port_that_the_far_side_chose()
    {
        using FarService web = FarService.Web("from the near side");
        using ForwardedSession session = new("R", $"0:localhost:{web.Port}");
        int port = session.AllocatedPort();
        Assert.Equal((0, "from the near side", ""), Programs.Run("curl", ["-sS", "-m", "50", $"http://127.0.0.1:{port}/"]));
        Processes.Signal(session.ClientPid, Processes.SIGTERM);
        session.Window.WaitForExit();
        Until(() => !IsOpen(port));
    }

    [Fact]
    public void SOCKS_at_the_far_side_connects_from_this_side()
    {
        using FarService web = FarService.Web("seen from here");
        using ForwardedSession session = new("R", "0");
        int port = session.AllocatedPort();
        Assert.Equal((0, "seen from here", ""), Programs.Run("curl", ["-sS", "-m", "50", "--socks5-hostname", $"127.0.0.1:{port}", $"http://localhost:{web.Port}/"]));
    }

    [Fact]
    public void Sockets_in_the_file_system_at_both_ends()
    {
        string near = Sandbox.NewFile("near.sock");
        string far = Sandbox.NewFile("far.sock");
        using Socket service = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        service.Bind(new UnixDomainSocketEndPoint(far));
        service.Listen();
        using ForwardedSession session = new ForwardedSession("L", $"{near}:{far}").Ready();
        Assert.Equal("600\n", Programs.Run("stat", ["-c", "%a", near]).Output);
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(near));
        client.Send("hello"u8);
        using Socket served = service.Accept();
        byte[] buffer = new byte[16];
        Assert.Equal(5, served.Receive(buffer));
        served.Send("there"u8);
        served.Close();
        Assert.Equal("there", ReadToEnd(client));
        Processes.Signal(session.ClientPid, Processes.SIGTERM);
        session.Window.WaitForExit();
        Assert.False(File.Exists(near), "the socket is left behind");
    }

    [Fact]
    public void A_client_that_has_said_all_still_gets_its_answer()
    {
        int near = SshServer.FreeTcpPort();
        using FarService service = new(socket => socket.Send(Encoding.ASCII.GetBytes($"{ReadToEnd(socket).Length} bytes")));
        using ForwardedSession session = new ForwardedSession("L", $"{near}:127.0.0.1:{service.Port}").Ready();
        using Socket client = ForwardedSession.Connect(near);
        client.Send(new byte[300_000]);
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("300000 bytes", ReadToEnd(client));
    }

    [Fact]
    public void A_reset_arrives_as_a_reset()
    {
        int near = SshServer.FreeTcpPort();
        using FarService service = new(socket =>
        {
            _ = socket.Receive(new byte[1]);
            socket.LingerState = new LingerOption(true, 0);
        });
        using ForwardedSession session = new ForwardedSession("L", $"{near}:127.0.0.1:{service.Port}").Ready();
        using Socket client = ForwardedSession.Connect(near);
        client.Send("x"u8);
        SocketException error = Assert.Throws<SocketException>(() => client.Receive(new byte[1]));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    [Fact]
    public void The_bar_says_that_the_far_side_has_no_such_service()
    {
        int near = SshServer.FreeTcpPort();
        int nobody = SshServer.FreeTcpPort();
        using ForwardedSession session = new ForwardedSession("L", $"{near}:127.0.0.1:{nobody}").Ready();
        using Socket client = ForwardedSession.Connect(near);
        session.Window.WaitForText($"127.0.0.1:{nobody}: Connection refused");
    }

    [Fact]
    public void A_port_that_is_taken_ends_the_start_when_all_or_nothing_is_wanted()
    {
        using FarService other = FarService.Echo();
        using ForwardedSession session = new(Programs.Link("mosh-server"), isStrict: true, "L", $"{other.Port}:localhost:80");
        Assert.Equal(255, session.Window.WaitForExit());
        Assert.Contains("Address already in use", session.Window.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void A_far_port_that_is_taken_ends_the_session_when_all_or_nothing_is_wanted()
    {
        using FarService other = FarService.Echo();
        using ForwardedSession session = new(Programs.Link("mosh-server"), isStrict: true, "R", $"{other.Port}:localhost:80");
        Assert.Equal(255, session.Window.WaitForExit());
        Assert.Contains("Address already in use", session.Window.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_stock_server_the_bar_says_what_forwarding_needs_and_the_session_goes_on()
    {
        Assert.SkipUnless(File.Exists(Programs.StockServer), "mosh is not installed.");
        using ForwardedSession session = new(Programs.StockServer, isStrict: false, "D", Text(SshServer.FreeTcpPort()));
        session.Window.WaitForText("Forwarding needs Roam on 127.0.0.1");
        session.Window.WaitForText("ready");
    }

    /// <summary>The session's connections, all open at once, each with something to say.</summary>
    [Fact]
    public void Five_hundred_connections_at_once_leave_nothing_behind()
    {
        const int Count = 500;
        const long KilobytesMax = 96 * 1024;
        int port = SshServer.FreeTcpPort();
        using FarService echo = FarService.Echo();
        using ForwardedSession session = new ForwardedSession("D", Text(port)).Ready();
        Assert.Equal(0, SocksReply(port, "127.0.0.1", echo.Port));
        (int Client, int Server) before = (Descriptors(session.ClientPid), Descriptors(session.ServerPid));
        List<Socket> sockets = [];
        for (int i = 0; i < Count; i++)
        {
            Socket socket = ForwardedSession.Connect(port);
            sockets.Add(socket);
            AskSocks(socket, "127.0.0.1", echo.Port);
        }

        byte[] buffer = new byte[4096];
        foreach (Socket socket in sockets)
        {
            Assert.Equal(0, TakeSocksReply(socket));
            socket.Send(buffer);
        }

        foreach (Socket socket in sockets)
        {
            int received = 0;
            while (received < buffer.Length)
            {
                received += socket.Receive(buffer);
            }
        }

        Assert.InRange(Processes.PrivateKilobytes(session.ClientPid), 0, KilobytesMax);
        Assert.InRange(Processes.PrivateKilobytes(session.ServerPid), 0, KilobytesMax);
        sockets.ForEach(socket => socket.Dispose());
        Until(() => Descriptors(session.ClientPid) <= before.Client && Descriptors(session.ServerPid) <= before.Server);
    }

    /// <summary>In the issue it is 200 MB and 60 s without network; here it is less of both, which costs the suite less and takes the same ways.</summary>
    [Fact]
    public void A_long_transfer_survives_new_addresses_a_blackout_and_a_client_that_was_stopped()
    {
        const int Bytes = 40 * 1024 * 1024;
        byte[] data = new byte[Bytes];
        new Random(8).NextBytes(data);
        int near = SshServer.FreeTcpPort();
        using FarService service = new(socket => SendAll(socket, data));
        using ForwardedSession session = new ForwardedSession("L", $"{near}:127.0.0.1:{service.Port}").Ready();
        using Socket client = ForwardedSession.Connect(near);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[64 * 1024];
        int received = 0;
        int stage = 0;
        while (true)
        {
            int length = client.Receive(buffer);
            if (length == 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, length);
            received += length;
            if (received > (stage + 1) * (Bytes / 7) && stage < 6)
            {
                Disturb(session, stage++);
            }
        }

        Assert.Equal(6, stage);
        Assert.Equal(Bytes, received);
        Assert.Equal(SHA256.HashData(data), hash.GetHashAndReset());
    }

    private static void Disturb(ForwardedSession session, int stage)
    {
        const int BlackoutMillis = 3000;
        switch (stage)
        {
            case 4:
                session.Gate.IsBlocked = true;
                new Thread(() =>
                {
                    Processes.WaitReadable(-1, BlackoutMillis);
                    session.Gate.IsBlocked = false;
                }).Start();
                break;
            case 5:
                Processes.Signal(session.ClientPid, Processes.SIGSTOP);
                Processes.WaitForStop(session.ClientPid, "the client");
                Processes.Signal(session.ClientPid, Processes.SIGCONT);
                break;
            default:
                session.Gate.Rebind();
                break;
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static void Until(Func<bool> isSo)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < Programs.Patience, "it did not come to that");
            Processes.WaitReadable(-1, 20);
        }
    }

    private static int Descriptors(int pid) => Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length;

    private static bool IsOpen(int port)
    {
        try
        {
            using Socket socket = ForwardedSession.Connect(port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static byte SocksReply(int port, string host, int target)
    {
        using Socket socket = ForwardedSession.Connect(port);
        AskSocks(socket, host, target);
        return TakeSocksReply(socket);
    }

    /// <summary>Greeting and request in one piece, as a client in a hurry does.</summary>
    private static void AskSocks(Socket socket, string host, int target) =>
        socket.Send([5, 1, 0, 5, 1, 0, 3, (byte)host.Length, .. Encoding.ASCII.GetBytes(host), (byte)(target >> 8), (byte)target]);

    private static byte TakeSocksReply(Socket socket)
    {
        byte[] reply = new byte[12];
        int length = 0;
        while (length < reply.Length)
        {
            int n = socket.Receive(reply, length, reply.Length - length, SocketFlags.None);
            Assert.True(n > 0, "SOCKS did not answer");
            length += n;
        }

        return reply[3];
    }

    private static void SendAll(Socket socket, byte[] data)
    {
        int sent = 0;
        while (sent < data.Length)
        {
            sent += socket.Send(data, sent, Math.Min(1 << 16, data.Length - sent), SocketFlags.None);
        }
    }

    private static string ReadToEnd(Socket socket)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[64 * 1024];
        int length;
        while ((length = socket.Receive(buffer)) > 0)
        {
            text.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }

        return text.ToString();
    }
}
