using System.Net.Sockets;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>Clients that come through the control socket of a server.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CarriedPeersTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("roam-carried").FullName;
    private readonly ControlServer _server;
    private readonly byte[] _received = new byte[FrameStream.DatagramBytesMax];
    private readonly List<Socket> _sockets = [];

    public CarriedPeersTests() => _server = new ControlServer(_directory, "1");

    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
        _server.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void After_the_question_both_directions_are_frames()
    {
        Socket client = Connect();
        client.Send("carry\n\0\u0002hi"u8);
        PeerAddress from = Receive(out byte[] datagram);
        Assert.True(from.IsCarried);
        Assert.Equal("hi"u8, datagram);
        Assert.True(_server.Carried.Send("ho"u8, from));
        _server.Carried.Flush();
        Assert.Equal("ok\n\0\u0002ho"u8, Read(client, 7));
    }

    [Fact]
    public void Each_connection_is_an_address_of_its_own()
    {
        Socket first = Connect();
        first.Send("carry\n\0\u00011"u8);
        PeerAddress one = Receive(out _);
        Socket second = Connect();
        second.Send("carry\n\0\u00012"u8);
        PeerAddress two = Receive(out _);
        Assert.NotEqual(one, two);

        first.Send("\0\u00013"u8);
        Assert.Equal(one, Receive(out byte[] datagram));
        Assert.Equal("3"u8, datagram);
    }

    [Fact]
    public void A_connection_that_ended_takes_nothing_more()
    {
        Socket client = Connect();
        client.Send("carry\n\0\u0001x"u8);
        PeerAddress from = Receive(out _);
        client.Dispose();
        Turn();
        Assert.False(_server.Carried.TryReceive(_received, out _, out _));
        Assert.False(_server.Carried.Send("ho"u8, from));
    }

    [Fact]
    public void A_fifth_connection_takes_the_place_of_the_oldest()
    {
        List<PeerAddress> peers = [];
        for (int i = 0; i < CarriedPeers.CountMax + 1; i++)
        {
            Connect().Send("carry\n\0\u0001x"u8);
            peers.Add(Receive(out _));
        }

        Assert.False(_server.Carried.Send("ho"u8, peers[0]));
        Assert.True(_server.Carried.Send("ho"u8, peers[1]));
        Assert.True(_server.Carried.Send("ho"u8, peers[^1]));
    }

    [Fact]
    public void Questions_are_answered_beside_carried_clients()
    {
        for (int i = 0; i < CarriedPeers.CountMax; i++)
        {
            Connect().Send("carry\n\0\u0001x"u8);
            Receive(out _);
        }

        Socket asking = Connect();
        asking.Send("history plain\n"u8);
        Turn();
        Turn();
        Assert.Equal("error"u8, Read(asking, 5));
    }

    private Socket Connect()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(_directory, "1.sock")));
        _sockets.Add(socket);
        return socket;
    }

    private void Turn()
    {
        Libc.PollFd[] slots = new Libc.PollFd[ControlServer.SlotCount];
        _server.Fill(slots);
        Poller.Poll(slots, 1000);
        _server.Handle(slots, null);
    }

    private PeerAddress Receive(out byte[] datagram)
    {
        for (int i = 0; i < 10; i++)
        {
            Turn();
            if (_server.Carried.TryReceive(_received, out int length, out PeerAddress from))
            {
                datagram = _received[..length];
                return from;
            }
        }

        throw new InvalidOperationException("Nothing came.");
    }

    private static byte[] Read(Socket socket, int count)
    {
        byte[] bytes = new byte[count];
        for (int length = 0; length < count;)
        {
            int n = socket.Receive(bytes.AsSpan(length));
            Assert.NotEqual(0, n);
            length += n;
        }

        return bytes;
    }
}
