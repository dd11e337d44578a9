using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

public sealed class ReachedAddressesTests
{
    private static readonly byte[] Buffer = new byte[100];

    [Theory]
    [InlineData("10.98.1.1", "10.98.1.2", "10.98.1.3", 24)]
    [InlineData("fd98:1::1", "fd98:1::2", "fd98:1::3", 64)]
    public void A_server_on_any_address_answers_from_the_one_it_was_reached_at(string near, string first, string second, int prefix) => PrivateNetwork.Run(() =>
    {
        // All on one machine: the routes then suggest the client's own address for the answer.
        PrivateNetwork.Ip("link set lo up");
        string flags = near.Contains(':') ? " nodad" : "";
        foreach (string address in (string[])[near, first, second])
        {
            PrivateNetwork.Ip($"address add {address}/{prefix} dev lo{flags}");
        }

        PrivateNetwork.WaitForAddresses();
        using ServerEndpoint server = ServerEndpoint.TryBind(null, 0, 0, out string error)!;
        Assert.Equal("", error);
        using UdpSocket client = UdpSocket.TryOpen(near.Contains(':'))!;
        Assert.Equal(0, client.Bind(Addresses.Of(near, 0), 0));
        foreach (string reached in (string[])[first, second, first])
        {
            PeerAddress place = Addresses.Of(reached, server.Port);
            Assert.Equal(SendResult.Sent, client.Send("question"u8, place));
            PeerAddress from = Receive(server.Socket);
            server.Socket.KeepLocalAddress(from);
            Assert.Equal(SendResult.Sent, server.Socket.Send("answer"u8, from));
            Assert.Equal(place, Receive(client));
        }

        // A stranger's datagram changes nothing: it was not kept.
        client.Send("question"u8, Addresses.Of(second, server.Port));
        PeerAddress peer = Receive(server.Socket);
        server.Socket.Send("answer"u8, peer);
        Assert.Equal(Addresses.Of(first, server.Port), Receive(client));

        // The address goes away: the routes choose, and the answer still leaves.
        PrivateNetwork.Ip($"address delete {first}/{prefix} dev lo");
        Assert.Equal(SendResult.Sent, server.Socket.Send("answer"u8, peer));
        Receive(client);
    });

    [Fact]
    public void A_server_on_one_address_keeps_no_others()
    {
        using ServerEndpoint server = ServerEndpoint.TryBind("127.0.0.1", 0, 0, out _)!;
        using UdpSocket client = UdpSocket.TryOpen(isIPv6: false)!;
        client.Send("question"u8, Addresses.Of("127.0.0.1", server.Port));
        Receive(server.Socket);
        Assert.True(server.Socket.LastLocal.IsNone);
    }

    [Fact]
    public void The_peers_heard_last_are_kept()
    {
        ReachedAddresses reached = new();
        for (ulong i = 1; i <= ReachedAddresses.CountMax; i++)
        {
            reached.Note(Peer(i), new LocalAddress(0, i));
        }

        reached.Note(Peer(1), new LocalAddress(0, 100));
        reached.Note(Peer(50), new LocalAddress(0, 50));
        Assert.Equal(new LocalAddress(0, 100), reached.Of(Peer(1)));
        Assert.Equal(new LocalAddress(0, 50), reached.Of(Peer(50)));
        Assert.True(reached.Of(Peer(2)).IsNone);
        Assert.Equal(new LocalAddress(0, 3), reached.Of(Peer(3)));
        reached.Remove(Peer(1));
        Assert.True(reached.Of(Peer(1)).IsNone);
        Assert.Equal(new LocalAddress(0, 3), reached.Of(Peer(3)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("127.0.0.1")]
    public void Answering_allocates_nothing(string? bind)
    {
        using ServerEndpoint server = ServerEndpoint.TryBind(bind, 0, 0, out _)!;
        using UdpSocket client = UdpSocket.TryOpen(isIPv6: false)!;
        PeerAddress place = Addresses.Of("127.0.0.1", server.Port);
        client.Send("x"u8, place);
        PeerAddress from = Receive(server.Socket);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                client.Send("x"u8, place);
                server.Socket.TryReceive(Buffer, out _, out _, out _);
                server.Socket.KeepLocalAddress(from);
                server.Socket.Send("y"u8, from);
                client.TryReceive(Buffer, out _, out _, out _);
            }
        });
    }

    private static PeerAddress Peer(ulong number) => new(BitConverter.GetBytes(number), isIPv6: false);

    private static PeerAddress Receive(UdpSocket socket)
    {
        Poller.WaitReadable(socket.Fd);
        Assert.True(socket.TryReceive(Buffer, out _, out PeerAddress from, out _));
        return from;
    }
}
