using System.Text;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

public sealed unsafe class UdpSocketTests
{
    private const int CongestionExperienced = 3;

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", true)]
    public void A_datagram_arrives_with_the_address_it_came_from(string address, bool isIPv6)
    {
        using UdpSocket a = Bound(address);
        using UdpSocket b = Bound(address);
        Assert.Equal(SendResult.Sent, a.Send("hello"u8, AddressOf(address, b.LocalPort)));
        byte[] buffer = new byte[100];
        Receive(b, buffer, out int length, out PeerAddress from, out bool marked);
        Assert.Equal("hello", Encoding.ASCII.GetString(buffer, 0, length));
        Assert.Equal(AddressOf(address, a.LocalPort), from);
        Assert.Equal(isIPv6, from.IsIPv6);
        Assert.Equal(address, SocketAddress.TextOf(from));
        Assert.False(marked);
        Assert.False(b.TryReceive(buffer, out _, out _, out _));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_congestion_mark_is_reported(string address)
    {
        using UdpSocket sender = Bound(address);
        using UdpSocket receiver = Bound(address);
        Assert.True(Mark(sender, CongestionExperienced));
        sender.Send("x"u8, AddressOf(address, receiver.LocalPort));
        Receive(receiver, new byte[10], out _, out _, out bool marked);
        Assert.True(marked);
    }

    [Fact]
    public void A_dual_stack_socket_serves_ipv4_as_ipv4_congestion_mark_and_all()
    {
        using ServerEndpoint? endpoint = ServerEndpoint.TryBind(null, 0, 0, out string error);
        Assert.Equal("", error);
        using UdpSocket client = Bound("127.0.0.1");
        Mark(client, CongestionExperienced);
        client.Send("x"u8, AddressOf("127.0.0.1", endpoint!.Port));
        byte[] buffer = new byte[10];
        Receive(endpoint.Socket, buffer, out _, out PeerAddress from, out bool marked);
        Assert.True(marked);
        Assert.False(from.IsIPv6);
        Assert.Equal("127.0.0.1", SocketAddress.TextOf(from));
        Assert.Equal(SendResult.Sent, endpoint.Socket.Send("y"u8, from));
        Receive(client, buffer, out _, out _, out bool backMarked);
        Assert.Equal((byte)'y', buffer[0]);
        Assert.False(backMarked);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Outgoing_datagrams_are_marked_ect0_and_may_be_fragmented(string address)
    {
        using UdpSocket socket = Bound(address);
        bool isIPv6 = address.Contains(':');
        int level = isIPv6 ? Libc.IPPROTO_IPV6 : Libc.IPPROTO_IP;
        Assert.Equal(2, Option(socket, level, isIPv6 ? Libc.IPV6_TCLASS : Libc.IP_TOS));
        Assert.Equal(Libc.IP_PMTUDISC_DONT, Option(socket, level, isIPv6 ? Libc.IPV6_MTU_DISCOVER : Libc.IP_MTU_DISCOVER));
    }

    [Fact]
    public void A_datagram_that_no_packet_can_hold_is_reported_as_too_long()
    {
        using UdpSocket socket = Bound("127.0.0.1");
        Assert.Equal(SendResult.TooLong, socket.Send(new byte[70_000], AddressOf("127.0.0.1", socket.LocalPort)));
    }

    [Fact]
    public void A_datagram_without_a_route_is_reported_and_nothing_is_thrown()
    {
        using UdpSocket socket = UdpSocket.TryOpen(isIPv6: false)!;
        Assert.Equal(SendResult.Failed, socket.Send("x"u8, AddressOf("255.255.255.255", 9)));
        Assert.NotEqual(0, socket.LastError);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_connected_socket_hears_that_nobody_listens_and_then_goes_on(string address)
    {
        using UdpSocket socket = UdpSocket.TryOpen(address.Contains(':'))!;
        PeerAddress closed;
        using (UdpSocket gone = Bound(address))
        {
            closed = AddressOf(address, gone.LocalPort);
        }

        Assert.Equal(0, socket.Connect(closed));
        Assert.Equal(SendResult.Sent, socket.Send([], closed));
        Poller.WaitReadable(socket.Fd);
        Assert.False(socket.TryReceive(new byte[10], out _, out _, out _));
        Assert.Equal(Libc.ECONNREFUSED, socket.LastReceiveError);
        Assert.False(socket.TryReceive(new byte[10], out _, out _, out _));
        Assert.Equal(Libc.EAGAIN, socket.LastReceiveError);
    }

    [Fact]
    public void A_longer_datagram_than_the_buffer_is_cut()
    {
        using UdpSocket a = Bound("127.0.0.1");
        a.Send(new byte[3000], AddressOf("127.0.0.1", a.LocalPort));
        Receive(a, new byte[2048], out int length, out _, out _);
        Assert.Equal(2048, length);
    }

    [Fact]
    public void The_first_free_port_of_the_range_is_taken_and_a_full_range_is_told()
    {
        // A port of its own for this test: found free, then taken on purpose.
        using ServerEndpoint? first = ServerEndpoint.TryBind("127.0.0.1", 61000, 61999, out _);
        using ServerEndpoint? second = ServerEndpoint.TryBind("127.0.0.1", first!.Port, 61999, out _);
        Assert.True(second!.Port > first.Port);
        Assert.Null(ServerEndpoint.TryBind("127.0.0.1", first.Port, first.Port, out string error));
        Assert.Contains(first.Port.ToString(), error, StringComparison.Ordinal);
        Assert.NotEqual(first.KeyText, second.KeyText);
    }

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("no.such.host.invalid")]
    public void An_address_that_is_not_ours_falls_back_to_any(string address)
    {
        using ServerEndpoint? endpoint = ServerEndpoint.TryBind(address, 0, 0, out string error);
        Assert.Equal("", error);
        using UdpSocket client = Bound("127.0.0.1");
        client.Send("x"u8, AddressOf("127.0.0.1", endpoint!.Port));
        Receive(endpoint.Socket, new byte[10], out int length, out _, out _);
        Assert.Equal(1, length);
    }

    [Fact]
    public void Receiving_and_sending_allocate_nothing()
    {
        using UdpSocket a = Bound("127.0.0.1");
        PeerAddress self = AddressOf("127.0.0.1", a.LocalPort);
        byte[] buffer = new byte[100];
        a.Send("x"u8, self);
        Receive(a, buffer, out _, out _, out _);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                a.Send("x"u8, self);
                a.TryReceive(buffer, out _, out _, out _);
            }
        });
    }

    private static UdpSocket Bound(string address)
    {
        PeerAddress any = AddressOf(address, 0);
        UdpSocket socket = UdpSocket.TryOpen(any.IsIPv6)!;
        Assert.Equal(0, socket.Bind(any, 0));
        return socket;
    }

    private static PeerAddress AddressOf(string address, int port)
    {
        Assert.True(AddressLookup.TryResolve(address, port, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> found, out string error), error);
        return found[0];
    }

    private static void Receive(UdpSocket socket, byte[] buffer, out int length, out PeerAddress from, out bool marked)
    {
        Poller.WaitReadable(socket.Fd);
        Assert.True(socket.TryReceive(buffer, out length, out from, out marked));
    }

    private static bool Mark(UdpSocket socket, int bits) => socket.IsIPv6
        ? Libc.SetOption(socket.Fd, Libc.IPPROTO_IPV6, Libc.IPV6_TCLASS, bits)
        : Libc.SetOption(socket.Fd, Libc.IPPROTO_IP, Libc.IP_TOS, bits);

    private static int Option(UdpSocket socket, int level, int name)
    {
        int value = -1;
        uint length = sizeof(int);
        Assert.Equal(0, Libc.getsockopt(socket.Fd, level, name, &value, &length));
        return value;
    }
}
