using System.Text;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>Shares of a port in the test itself, with a broker of the native program.</summary>
public sealed class BrokerPortTests
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("a datagram of a client, sealed for a session");
    private static readonly byte[] Buffer = new byte[2048];

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_datagram_comes_without_its_id_with_its_sender_its_mark_and_the_address_it_came_to(string address)
    {
        using SharedPort port = new();
        using ServerEndpoint share = port.Share();
        using UdpSocket client = UdpSocket.TryOpen(address.Contains(':'))!;
        Assert.Equal(0, client.Bind(Addresses.Of(address, 0), 0));
        PeerAddress place = Addresses.Of(address, port.Port);
        client.SetCongestionMark(true);
        client.Send(IdOf(share), Content, place);
        Assert.Equal(Content, Receive(share, out PeerAddress from, out bool isMarked));
        Assert.True(isMarked);
        Assert.Equal((address, client.LocalPort), (SocketAddress.TextOf(from), SocketAddress.PortOf(from)));
        Assert.False(share.Socket.LastLocal.IsNone);

        // The answer goes straight through the shared socket, from the port that the client knows.
        share.DatagramPort.KeepLocalAddress(from);
        Assert.Equal(SendResult.Sent, share.DatagramPort.Send("answer"u8, from));
        Poller.WaitReadable(client.Fd);
        Assert.True(client.TryReceive(Buffer, out int length, out PeerAddress server, out _));
        Assert.Equal("answer"u8.ToArray(), Buffer[..length]);
        Assert.Equal(place, server);
    }

    [Fact]
    public void A_session_that_does_not_read_loses_its_own_datagrams_only()
    {
        using SharedPort port = new();
        using ServerEndpoint deaf = port.Share();
        using ServerEndpoint other = port.Share();
        using UdpSocket client = UdpSocket.TryOpen(isIPv6: false)!;
        for (int round = 0; round < 100; round++)
        {
            for (int i = 0; i < 20; i++)
            {
                client.Send(IdOf(deaf), new byte[1200], port.Place);
            }

            client.Send(IdOf(other), Content, port.Place);
            Assert.Equal(Content, Receive(other, out _, out _));
        }

        // Some waited for the deaf one, and by far not all.
        int count = 0;
        while (deaf.DatagramPort.TryReceive(Buffer, out _, out _, out _))
        {
            count++;
        }

        Assert.InRange(count, 1, 1999);
    }

    [Fact]
    public void What_is_too_short_or_for_nobody_is_dropped()
    {
        using SharedPort port = new();
        using ServerEndpoint share = port.Share();
        using UdpSocket client = UdpSocket.TryOpen(isIPv6: false)!;
        client.Send([], port.Place);
        client.Send(IdOf(share), [], port.Place);
        client.Send(IdOf(share), new byte[23], port.Place);
        client.Send(new byte[16], Content, port.Place);
        client.Send(IdOf(share), Content, port.Place);
        Assert.Equal(Content, Receive(share, out _, out _));
        Assert.False(share.DatagramPort.TryReceive(Buffer, out _, out _, out _));
    }

    [Fact]
    public void An_id_that_is_taken_is_refused_and_free_again_after_its_session_s_end()
    {
        using SharedPort port = new();
        using ServerEndpoint first = port.Share();
        byte[] id = IdOf(first);
        int connection = BrokerSocket.TryConnect(port.Port);
        Assert.Equal(BrokerAnswer.IdTaken, Ask(connection, [BrokerMessage.Version, .. id]));
        _ = Libc.close(connection);
        first.Dispose();
        SharedPort.WaitUntil("the id stays taken", () =>
        {
            connection = BrokerSocket.TryConnect(port.Port);
            BrokerAnswer answer = Ask(connection, [BrokerMessage.Version, .. id]);
            _ = Libc.close(connection);
            return answer == BrokerAnswer.Yes;
        });
    }

    [Fact]
    public void A_session_of_another_version_is_told()
    {
        using SharedPort port = new();
        using ServerEndpoint share = port.Share();
        int connection = BrokerSocket.TryConnect(port.Port);
        Assert.Equal(BrokerAnswer.OtherVersion, Ask(connection, [BrokerMessage.Version + 1, .. new byte[16]]));
        _ = Libc.close(connection);
    }

    [Fact]
    public void A_port_that_is_somebody_else_s_is_named()
    {
        using ServerEndpoint busy = ServerEndpoint.TryBind(null, 0, 0, out _)!;
        Assert.Null(ServerEndpoint.TryShare(NativeBinary.Path, busy.Port, out string error));
        Assert.Contains(busy.Port.ToString(), error, StringComparison.Ordinal);
        Assert.Contains("in use", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Datagrams_that_come_while_there_is_no_broker_wait_for_the_next_one()
    {
        using SharedPort port = new();
        using ServerEndpoint share = port.Share();
        using UdpSocket client = UdpSocket.TryOpen(isIPv6: false)!;
        int broker = port.WaitForBroker();
        using ChildEnd end = new(broker);
        Assert.Equal(0, Libc.kill(broker, Libc.SIGKILL));
        end.Wait();
        client.Send(IdOf(share), Content, port.Place);
        Assert.Equal(Content, Receive(share, out _, out _));
        Assert.NotEqual(broker, port.WaitForBroker());
    }

    [Fact]
    public void Receiving_and_answering_allocate_nothing()
    {
        using SharedPort port = new();
        using ServerEndpoint share = port.Share();
        using UdpSocket client = UdpSocket.TryOpen(isIPv6: false)!;
        byte[] id = IdOf(share);
        PeerAddress place = port.Place;
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                client.Send(id, Content, place);
                Poller.WaitReadable(share.DatagramPort.Fd);
                share.DatagramPort.TryReceive(Buffer, out _, out PeerAddress from, out _);
                share.DatagramPort.KeepLocalAddress(from);
                share.DatagramPort.Send(Content, from);
                client.TryReceive(Buffer, out _, out _, out _);
            }
        });
    }

    private static byte[] IdOf(ServerEndpoint share) => Convert.FromHexString(share.ViaText);

    private static BrokerAnswer Ask(int connection, byte[] message)
    {
        Assert.True(BrokerSocket.TrySend(connection, message, []));
        Poller.WaitReadable(connection);
        byte[] answer = new byte[BrokerMessage.AnswerBytes];
        Assert.Equal(answer.Length, BrokerSocket.Receive(connection, answer, [], out int passed));
        if (passed >= 0)
        {
            _ = Libc.close(passed);
        }

        return (BrokerAnswer)answer[1];
    }

    /// <summary>As a session's loop does it: reads, and gives the port its turn.</summary>
    private static byte[] Receive(ServerEndpoint share, out PeerAddress from, out bool isMarked)
    {
        Instant deadline = Poller.Deadline;
        int length;
        while (!share.DatagramPort.TryReceive(Buffer, out length, out from, out isMarked))
        {
            Assert.True(Poller.TryWait(share.DatagramPort.Fd, Libc.POLLIN, Instant.Min(deadline, share.DatagramPort.NextTimeout)) || SystemClock.Now < deadline, "no datagram came");
            share.DatagramPort.HandleTimeout(SystemClock.Now);
        }

        return Buffer[..length];
    }
}
