using System.Globalization;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

public sealed class RelayProcessTests
{
    private static readonly byte[] Buffer = new byte[4096];

    [Fact]
    public void A_session_runs_through_a_relay()
    {
        using ServerProcess server = new("sh", "-c", "echo here; read x; echo got $x");
        using RelayProcess relay = new(server.Port);
        using PtySession client = relay.StartClient(server.KeyText);
        client.Expect("here");
        client.Type("something\r");
        client.Expect("got something");
        Assert.Equal(0, client.WaitForExit());
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void A_session_runs_through_two_relays_in_a_row()
    {
        using ServerProcess server = new("sh", "-c", "echo here; read x; echo got $x");
        using RelayProcess last = new(server.Port);
        using RelayProcess first = new(last.Port, innerIds: 1);
        using PtySession client = RelayProcess.StartClient(server.KeyText, $"127.0.0.1;{Text(first.Port)};{first.Id}{last.Id}");
        client.Expect("here");
        client.Type("something\r");
        client.Expect("got something");
        Assert.Equal(0, client.WaitForExit());
    }

    [Fact]
    public void Datagrams_go_on_without_the_id_and_answers_come_back_to_the_newest_sender_alone()
    {
        using UdpSocket server = Bound();
        using UdpSocket client = Bound();
        using UdpSocket roamed = Bound();
        using UdpSocket stranger = Bound();
        using RelayProcess relay = new(server.LocalPort);
        PeerAddress place = Addresses.Of("127.0.0.1", relay.Port);
        client.Send(relay.IdBytes, Datagram(1), place);
        Assert.Equal(Datagram(1), Receive(server, out PeerAddress towardsClient));

        server.Send("answer"u8, towardsClient);
        Assert.Equal("answer"u8.ToArray(), Receive(client, out PeerAddress from));
        Assert.Equal(place, from);

        // A stranger who does not know the id, and one who replays what was overheard.
        stranger.Send(new byte[16], Datagram(100), place);
        stranger.Send(relay.IdBytes, Datagram(1), place);
        Assert.Equal(Datagram(1), Receive(server, out _));
        roamed.Send(relay.IdBytes, Datagram(2), place);
        Assert.Equal(Datagram(2), Receive(server, out _));
        server.Send("for the roamed one"u8, towardsClient);
        Assert.Equal("for the roamed one"u8.ToArray(), Receive(roamed, out _));
        Assert.False(stranger.TryReceive(Buffer, out _, out _, out _));
        Assert.False(client.TryReceive(Buffer, out _, out _, out _));
    }

    [Fact]
    public void A_congestion_mark_goes_on_in_both_directions()
    {
        using UdpSocket server = Bound();
        using UdpSocket client = Bound();
        using RelayProcess relay = new(server.LocalPort);
        client.SetCongestionMark(true);
        client.Send(relay.IdBytes, Datagram(1), Addresses.Of("127.0.0.1", relay.Port));
        Receive(server, out PeerAddress towardsClient, out bool isMarked);
        Assert.True(isMarked);
        server.Send("unmarked"u8, towardsClient);
        Receive(client, out _, out isMarked);
        Assert.False(isMarked);
        server.SetCongestionMark(true);
        server.Send("marked"u8, towardsClient);
        Receive(client, out _, out isMarked);
        Assert.True(isMarked);
    }

    [Fact]
    public void An_idle_relay_ends()
    {
        using UdpSocket server = Bound();
        using RelayProcess relay = new(server.LocalPort, idleMillis: 1);
        Assert.Equal(0, relay.WaitForExit());
    }

    [Fact]
    public void A_silent_server_is_asked_with_an_empty_datagram()
    {
        using UdpSocket server = Bound();
        using RelayProcess relay = new(server.LocalPort, askMillis: 10);
        Assert.Empty(Receive(server, out _));
        Assert.Empty(Receive(server, out _));
    }

    [Fact]
    public void A_signal_ends_it()
    {
        using UdpSocket server = Bound();
        using RelayProcess relay = new(server.LocalPort);
        Assert.Equal(0, Libc.kill(relay.Pid, Libc.SIGHUP));
        Assert.Equal(0, Libc.kill(relay.Pid, Libc.SIGTERM));
        Assert.Equal(0, relay.WaitForExit());
    }

    [Fact]
    public void A_target_that_cannot_be_looked_up_is_told()
    {
        RelayOptions options = new() { TargetHost = "no.such.host.invalid", TargetPort = 1, PortLow = 0, PortHigh = 0 };
        Assert.False(RelayHost.TryStart(NativeBinary.Path, options, out _, out _, out _, out string error));
        Assert.Contains("no.such.host.invalid", error, StringComparison.Ordinal);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Datagram(byte sequence) => [0, 0, 0, 0, 0, 0, 0, sequence, .. new byte[40]];

    private static UdpSocket Bound()
    {
        UdpSocket socket = UdpSocket.TryOpen(isIPv6: false)!;
        Assert.Equal(0, socket.Bind(Addresses.Of("127.0.0.1", 0), 0));
        return socket;
    }

    private static byte[] Receive(UdpSocket socket, out PeerAddress from) => Receive(socket, out from, out _);

    private static byte[] Receive(UdpSocket socket, out PeerAddress from, out bool isMarked)
    {
        Poller.WaitReadable(socket.Fd);
        Assert.True(socket.TryReceive(Buffer, out int length, out from, out isMarked));
        return Buffer[..length];
    }
}
