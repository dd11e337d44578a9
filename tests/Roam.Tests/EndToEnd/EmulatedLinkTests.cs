using System.Net;
using System.Net.Sockets;
using Roam.Lab;

namespace Roam.Tests.EndToEnd;

/// <summary>The link's thread with real descriptors: UDP over loopback.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class EmulatedLinkTests : IDisposable
{
    private readonly Socket _server = Bound();
    private readonly Socket _client = Bound();
    private readonly EmulatedLink _link = new(new LinkOptions());
    private readonly RelayNearEnd _near;
    private readonly RelayFarEnd _far;
    private EndPoint _from = new IPEndPoint(IPAddress.Any, 0);

    public EmulatedLinkTests()
    {
        _near = new RelayNearEnd(ServerPort);
        _far = new RelayFarEnd(ServerPort);
        _link.Add(_near, _far);
        _client.Connect(IPAddress.Loopback, _near.Port);
    }

    private int ServerPort => ((IPEndPoint)_server.LocalEndPoint!).Port;

    [Fact]
    public void Datagrams_pass_both_ways_and_are_counted_under_the_servers_port_with_their_headers()
    {
        _client.Send("question"u8);
        Assert.Equal("question", ServerHears());
        _server.SendTo("answer"u8, _from);
        Assert.Equal("answer", ClientHears());
        Assert.Equal(new Traffic(1, 8 + 28, 1, 6 + 28), _link.TrafficOf(ServerPort));
    }

    [Fact]
    public void What_is_sent_in_a_blackout_never_arrives()
    {
        _link.Dark = true;
        _client.Send("lost"u8);
        AwaitPackets(1);
        _link.Dark = false;
        _client.Send("light"u8);
        Assert.Equal("light", ServerHears());
        Assert.Equal(1, _link.Up.Of(PacketFate.Lost));
        Assert.Equal(1, _link.Up.Of(PacketFate.Carried));
    }

    [Fact]
    public void Options_hold_from_when_they_are_set()
    {
        _link.Options = new LinkOptions { LossUpPercent = 100 };
        _client.Send("lost"u8);
        AwaitPackets(1);
        _link.Options = new LinkOptions { DelayMillis = 1 };
        _client.Send("carried"u8);
        Assert.Equal("carried", ServerHears());
    }

    [Fact]
    public void After_a_move_the_server_hears_the_client_from_another_port_and_what_it_sends_to_the_old_one_is_lost()
    {
        _client.Send("first"u8);
        _ = ServerHears();
        EndPoint old = _from;
        _far.Move();
        _link.Wake();
        _client.Send("second"u8);
        Assert.Equal("second", ServerHears());
        Assert.NotEqual(old, _from);
        _server.SendTo("to the old place"u8, old);
        _server.SendTo("to the new place"u8, _from);
        Assert.Equal("to the new place", ClientHears());
    }

    public void Dispose()
    {
        _link.Dispose();
        _server.Dispose();
        _client.Dispose();
    }

    private static Socket Bound()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = (int)Programs.Patience.TotalMilliseconds };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private void AwaitPackets(long count) => Assert.True(SpinWait.SpinUntil(() => _link.Up.Packets == count, Programs.Patience), "the link did not take the datagram in");

    private string ServerHears()
    {
        byte[] buffer = new byte[100];
        int length = _server.ReceiveFrom(buffer, ref _from);
        return System.Text.Encoding.ASCII.GetString(buffer, 0, length);
    }

    private string ClientHears()
    {
        byte[] buffer = new byte[100];
        int length = _client.Receive(buffer);
        return System.Text.Encoding.ASCII.GetString(buffer, 0, length);
    }
}
