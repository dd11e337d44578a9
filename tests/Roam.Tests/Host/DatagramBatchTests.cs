using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>Many datagrams in one call, each way, on the kernel's loopback.</summary>
public sealed class DatagramBatchTests : IDisposable
{
    private readonly ServerEndpoint _server;
    private readonly UdpSocket _client = UdpSocket.TryOpen(isIPv6: false)!;
    private readonly ReceiveBatch _received = new();
    private readonly SendBatch _batch = new();
    private readonly PeerAddress _to;

    public DatagramBatchTests()
    {
        _server = ServerEndpoint.TryBind("127.0.0.1", 0, 0, out _)!;
        Assert.True(AddressLookup.TryResolve("127.0.0.1", _server.Port, Libc.AF_INET, numericOnly: true, out List<PeerAddress> addresses, out _));
        _to = addresses[0];
    }

    [Fact]
    public void Datagrams_of_one_length_and_a_shorter_last_one_arrive_as_they_were()
    {
        _server.ReceiveBatches(_received);
        Send(1200, 1200, 1200, 700);
        Assert.Equal(4, _batch.Count);
        Assert.Equal(SendResult.Sent, _batch.Flush());
        AssertArrive(1200, 1200, 1200, 700);
        Assert.True(_client.SendsBatches);
    }

    [Fact]
    public void A_longer_one_and_one_behind_a_shorter_one_begin_anew()
    {
        _server.ReceiveBatches(_received);
        Send(100, 1200, 1200, 50, 50, 50, 900);
        _batch.Flush();
        AssertArrive(100, 1200, 1200, 50, 50, 50, 900);
    }

    [Fact]
    public void More_than_a_call_takes_go_in_several()
    {
        _server.ReceiveBatches(_received);
        int[] lengths = [.. Enumerable.Repeat(1200, 150)];
        foreach (int[] part in lengths.Chunk(50))
        {
            Send(part);
            Assert.Equal(SendResult.Sent, _batch.Flush());
            AssertArrive(part);
        }

        int[] small = [.. Enumerable.Repeat(40, 100)];
        Send(small);
        _batch.Flush();
        AssertArrive(small);
    }

    [Fact]
    public void A_reader_without_batches_gets_them_one_by_one()
    {
        Send(1000, 1000, 10);
        _batch.Flush();
        AssertArrive(1000, 1000, 10);
    }

    [Fact]
    public void What_a_link_cannot_carry_in_one_piece_goes_one_by_one()
    {
        _server.ReceiveBatches(_received);
        _client.ForbidFragments();
        Assert.Equal(SendResult.TooLong, _client.SendBatch(new byte[120_000], 60_000, _to));
        Send(1200, 1200);
        Assert.Equal(SendResult.Sent, _batch.Flush());
        AssertArrive(1200, 1200);
    }

    [Fact]
    public void An_error_is_told()
    {
        Assert.True(AddressLookup.TryResolve("::1", 9, Libc.AF_INET6, numericOnly: true, out List<PeerAddress> wrongFamily, out _));
        byte[] datagram = new byte[100];
        datagram.CopyTo(_batch.Room);
        _batch.Add(_client, 100, wrongFamily[0]);
        datagram.CopyTo(_batch.Room);
        _batch.Add(_client, 100, wrongFamily[0]);
        Assert.NotEqual(SendResult.Sent, _batch.Flush());
        Assert.NotEqual(0, _batch.LastError);
        Send(5);
        Assert.Equal(SendResult.Sent, _batch.Flush());
        AssertArrive(5);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _received.Dispose();
        _batch.Dispose();
    }

    private void Send(params int[] lengths)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            _batch.Room[..lengths[i]].Fill((byte)i);
            Assert.Equal(SendResult.Sent, _batch.Add(_client, lengths[i], _to));
        }
    }

    private void AssertArrive(params int[] lengths)
    {
        byte[] buffer = new byte[2048];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (!_server.Socket.HoldsMore)
            {
                Poller.WaitReadable(_server.Socket.Fd);
            }

            Assert.True(_server.Socket.TryReceive(buffer, out int length, out PeerAddress from, out bool marked));
            Assert.Equal(lengths[i], length);
            Assert.All(buffer[..length], b => Assert.Equal((byte)i, b));
            Assert.Equal(_client.LocalPort, SocketAddress.PortOf(from));
            Assert.False(marked);
        }

        Assert.False(_server.Socket.TryReceive(buffer, out _, out _, out _));
    }
}
