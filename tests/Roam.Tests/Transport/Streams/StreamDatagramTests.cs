using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Datagrams inside a stream: they come or they do not, and never wait for long.</summary>
public sealed class StreamDatagramTests
{
    private readonly StreamDuo _duo = new();
    private readonly byte[] _bytes = new byte[2000];
    private readonly ulong _id;

    public StreamDatagramTests()
    {
        _id = _duo.Open(StreamKind.Udp);
        _duo.Run();
    }

    [Fact]
    public void What_is_sent_comes_whole_and_the_reader_is_told()
    {
        Assert.True(_duo.Client.TrySendDatagram(_id, [1, 2, 3]));
        Assert.True(_duo.Client.TrySendDatagram(_id, []));
        Assert.True(_duo.Client.TrySendDatagram(_id, [4]));
        _duo.SendOne();
        Assert.True(_duo.Server.PollChannelEvent(out StreamEvent e));
        Assert.Equal(new StreamEvent(_id, StreamEventKind.Datagram, StreamKind.Udp), e);
        Assert.Equal([1, 2, 3], Take());
        Assert.Equal([], Take());
        Assert.Equal([4], Take());
        Assert.False(_duo.Server.TryTakeDatagram(_id, _bytes, out _));
    }

    [Fact]
    public void A_lost_one_is_not_sent_again()
    {
        _duo.Client.TrySendDatagram(_id, [1]);
        _duo.SendOne(arrives: false);
        _duo.Now = _duo.Client.NextTimeout;
        _duo.Client.HandleTimeout(_duo.Now);
        _duo.Run();
        Assert.False(_duo.Server.TryTakeDatagram(_id, _bytes, out _));
        Assert.Equal(0, _duo.Client.InFlightBytes);
    }

    [Fact]
    public void When_the_path_does_not_take_them_the_oldest_make_room_and_are_counted()
    {
        for (byte i = 0; i < 100; i++)
        {
            Assert.True(_duo.Client.TrySendDatagram(_id, [i, .. _bytes.AsSpan(0, 399)]));
        }

        Assert.Equal(100 - (StreamLimits.DatagramBytesQueuedMax / 402), _duo.Client.Counters.DatagramFramesDropped);
        while (_duo.SendOne() > 0)
        {
        }

        Assert.Equal((byte)_duo.Client.Counters.DatagramFramesDropped, Take()[0]);
    }

    [Fact]
    public void A_reader_that_does_not_come_keeps_the_newest()
    {
        for (byte i = 0; i < 200; i++)
        {
            _duo.Client.TrySendDatagram(_id, [i, .. _bytes.AsSpan(0, 399)]);
            _duo.SendOne();
        }

        Assert.Equal(200 - (StreamLimits.DatagramBytesQueuedMax / 402), Take()[0]);
        Assert.True(_duo.Server.BytesHeld <= 2 * StreamLimits.DatagramBytesQueuedMax);
    }

    [Fact]
    public void One_that_is_too_long_is_not_taken_and_one_that_became_too_long_is_dropped()
    {
        _duo.SendOne();
        int most = _duo.Client.DatagramBytesMax;
        Assert.InRange(most, 1100, 1240);
        Assert.False(_duo.Client.TrySendDatagram(_id, _bytes.AsSpan(0, most + 1)));
        Assert.True(_duo.Client.TrySendDatagram(_id, _bytes.AsSpan(0, most)));
        _duo.DatagramBytes = 600;
        _duo.SendOne();
        Assert.Equal(1, _duo.Client.Counters.DatagramFramesDropped);
        Assert.False(_duo.Client.TrySendDatagram(_id, _bytes.AsSpan(0, 600)));
    }

    [Fact]
    public void After_the_end_none_is_taken_and_what_waited_takes_no_memory()
    {
        _duo.Client.TrySendDatagram(_id, _bytes.AsSpan(0, 300));
        _duo.SendOne();
        _duo.Server.Stop(_id);
        Assert.False(_duo.Server.TryTakeDatagram(_id, _bytes, out _));
        _duo.Run();
        Assert.False(_duo.Client.TrySendDatagram(_id, [1]));
        _duo.Server.Reset(_id);
        _duo.Run();
        Assert.Equal((0, 0), (_duo.Client.OpenCount, _duo.Server.OpenCount));
        Assert.Equal((0L, 0L), (_duo.Client.BytesHeld, _duo.Server.BytesHeld));
    }

    private byte[] Take()
    {
        Assert.True(_duo.Server.TryTakeDatagram(_id, _bytes, out int length));
        return _bytes.AsSpan(0, length).ToArray();
    }
}
