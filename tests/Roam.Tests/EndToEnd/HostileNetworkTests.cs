using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Roam.Transport;

namespace Roam.Tests.EndToEnd;

/// <summary>Strangers who send garbage, and a peer that holds the key and sends nonsense.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class HostileNetworkTests
{
    private const int NonsenseCount = 3000;

    /// <summary>More than a session of this size ever takes, and far less than a leak of what is sent here.</summary>
    private const long PrivateKilobytesMax = 40 * 1024;

    [Fact]
    public void Garbage_at_ten_thousand_datagrams_a_second_does_not_disturb_typing()
    {
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), ["env", "PS1=ready> ", "bash", "--norc", "--noprofile", "-i"], []);
        using TerminalWindow window = Join(port, key);
        window.WaitForText("ready>");
        using GarbageSender sender = new(port);
        for (int i = 0; i < 10; i++)
        {
            sender.WaitForMore(2000);
            window.Type($"echo line' '{i}\r");
            window.WaitForText($"\nline {i}\n");
        }

        window.Type("exit\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void A_server_survives_nonsense_under_its_own_key_before_and_during_a_session()
    {
        string pidFile = Sandbox.NewFile("pid");
        (int port, string key) = RemoteSession.StartServer(
            Programs.Link("mosh-server"), ["sh", "-c", $"echo $PPID >{pidFile}; exec env PS1='ready> ' bash --norc --noprofile -i"], []);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPAddress.Loopback, port);
        using NonsenseMaker maker = new(Side.Client, key, seed: 1);
        Send(socket, maker, NonsenseCount);
        using TerminalWindow window = Join(port, key);
        window.WaitForText("ready>");
        int server = int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);
        for (int i = 0; i < 5; i++)
        {
            Send(socket, maker, NonsenseCount);
            window.Type($"echo line' '{i}\r");
            window.WaitForText($"\nline {i}\n");
        }

        Assert.InRange(Processes.PrivateKilobytes(server), 1, PrivateKilobytesMax);
        window.Type("exit\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void A_client_survives_nonsense_under_its_own_key_and_restores_the_terminal()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = (int)Programs.Patience.TotalMilliseconds };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using TerminalWindow window = Join(((IPEndPoint)socket.LocalEndPoint!).Port, Key);
        EndPoint client = new IPEndPoint(IPAddress.Any, 0);
        socket.ReceiveFrom(new byte[2048], ref client);
        socket.Connect(client);
        using NonsenseMaker maker = new(Side.Server, Key, seed: 2);
        socket.Send(maker.FirstPart());
        Send(socket, maker, 5 * NonsenseCount);
        Assert.True(Processes.IsAlive(window.Pid), window.Text);
        Assert.InRange(Processes.PrivateKilobytes(window.Pid), 1, PrivateKilobytesMax);
        Processes.Signal(window.Pid, Processes.SIGTERM);
        window.WaitForExit();
        Assert.Contains("\u001b[?1049l", window.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_of_another_version_is_named()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = (int)Programs.Patience.TotalMilliseconds };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using TerminalWindow window = Join(((IPEndPoint)socket.LocalEndPoint!).Port, Key);
        EndPoint client = new IPEndPoint(IPAddress.Any, 0);
        socket.ReceiveFrom(new byte[2048], ref client);
        using NonsenseMaker maker = new(Side.Server, Key, seed: 3);
        socket.SendTo(maker.OtherVersion(), client);
        Assert.Equal(1, window.WaitForExit());
        Assert.Contains("another version of the protocol", window.Text, StringComparison.Ordinal);
    }

    private static TerminalWindow Join(int port, string key) =>
        TerminalWindow.Open([Programs.Link("mosh-client"), "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)], environment: [("MOSH_KEY", key)]);

    private static void Send(Socket socket, NonsenseMaker maker, int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                socket.Send(maker.Next());
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
            {
                // The answer of the kernel to an earlier datagram: the process is gone. The test will say so.
                return;
            }
        }
    }
}
