using System.Diagnostics;
using Roam.Host;
using Roam.Session;
using Roam.Tests.Transport;
using Roam.Transport;

namespace Roam.Tests.EndToEnd;

/// <summary>
/// One of our sessions in the test itself, on a real socket, opposite a real program: what it knows and sends can be looked at. A server's program is an echo.
/// The test's own thread runs it.
/// </summary>
internal sealed class InProcessPeer : IDisposable
{
    private const int WaitMillis = 5;

    private readonly byte[] _datagram = new byte[2048];
    private readonly UdpSocket _socket;

    private InProcessPeer(UdpSocket socket)
    {
        _socket = socket;
    }

    public ServerSession? Server { get; private init; }

    public ClientSession? Client { get; private init; }

    public required DatagramTap Tap { get; init; }

    public static InProcessPeer StartServer(out int port, out string keyText)
    {
        ServerEndpoint endpoint = ServerEndpoint.TryBind("127.0.0.1", 0, 0, out string error)!;
        Assert.Equal("", error);
        (port, keyText) = (endpoint.Port, endpoint.KeyText);
        return new InProcessPeer(endpoint.Socket)
        {
            Server = new ServerSession(endpoint.Key, new StockTiming(), new SystemRandom(), new ZLibStreamCompressor(), SystemClock.Now, new ServerSessionOptions()),
            Tap = new DatagramTap(Side.Server, endpoint.Key, new ZLibStreamCompressor()),
        };
    }

    public static InProcessPeer StartClient(int port, string keyText)
    {
        Assert.True(SessionKey.TryParse(keyText, out SessionKey key));
        Assert.True(AddressLookup.TryResolve("127.0.0.1", port, Libc.AF_INET, numericOnly: true, out List<PeerAddress> server, out _));
        UdpSocket socket = UdpSocket.TryOpen(isIPv6: false)!;
        return new InProcessPeer(socket)
        {
            Client = new ClientSession(key, new StockTiming(), new SystemRandom(), new ZLibStreamCompressor(), SystemClock.Now, server[0], new ClientSessionOptions()),
            Tap = new DatagramTap(Side.Client, key, new ZLibStreamCompressor()),
        };
    }

    /// <summary>Runs the session until the condition holds; the deadline is only there to end a test that has failed.</summary>
    public void RunUntil(string what, Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Programs.Patience, $"waited too long for {what}");
            Processes.WaitReadable(_socket.Fd, WaitMillis);
            Turn(SystemClock.Now);
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Turn(Instant now)
    {
        while (_socket.TryReceive(_datagram, out int length, out PeerAddress from, out bool marked))
        {
            Server?.HandleDatagram(now, from, _datagram.AsSpan(0, length), marked);
            Client?.HandleDatagram(now, from, _datagram.AsSpan(0, length), marked);
        }

        if (Server is not null)
        {
            TurnServer(now, Server);
        }

        if (Client is not null)
        {
            TurnClient(now, Client);
        }
    }

    private void TurnServer(Instant now, ServerSession server)
    {
        server.HandleTimeout(now);
        while (server.HasInput)
        {
            int count = server.PollInput(now, _datagram);
            server.HandleOutput(now, _datagram.AsSpan(0, count));
        }

        while (server.PollTransmit(now, _datagram, out int length, out PeerAddress to))
        {
            Send(length, to);
        }

        while (server.PollEvent(out _))
        {
        }
    }

    private void TurnClient(Instant now, ClientSession client)
    {
        client.HandleTimeout(now);
        while (client.PollTransmit(now, _datagram, out int length, out PeerAddress to))
        {
            Send(length, to);
        }

        while (client.PollEvent(out _))
        {
        }
    }

    private void Send(int length, PeerAddress to)
    {
        Tap.Add(_datagram.AsSpan(0, length));
        Assert.Equal(SendResult.Sent, _socket.Send(_datagram.AsSpan(0, length), to));
    }
}
