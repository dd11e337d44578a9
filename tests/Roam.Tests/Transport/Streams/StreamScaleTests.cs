using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Many streams at once: what they cost, and that they give it back.</summary>
public sealed class StreamScaleTests
{
    private readonly StreamDuo _duo = new();
    private readonly byte[] _bytes = new byte[300];

    [Fact]
    public void A_thousand_streams_are_open_at_once_and_an_idle_one_costs_less_than_a_kilobyte_at_both_ends_together()
    {
        _duo.Open(StreamKind.Connect);
        _duo.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        ulong[] ids = OpenMany(1000);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / ids.Length, 100, 2048);
        Assert.Equal(1001, _duo.Server.OpenCount);
        Assert.Equal(0, _duo.Client.BytesHeld);
        Assert.Equal(0, _duo.Server.Counters.RefusedFrames);
    }

    [Fact]
    public void Five_hundred_streams_that_speak_allocate_nothing()
    {
        ulong[] ids = OpenMany(500);
        Speak(ids);
        Allocation.AssertNone(() => Speak(ids));
        Assert.True(_duo.Server.Counters.DatagramsReceived > 1000);
    }

    [Fact]
    public void Buffers_are_there_only_while_bytes_are()
    {
        ulong[] ids = OpenMany(500);
        foreach (ulong id in ids)
        {
            Assert.Equal(_bytes.Length, _duo.Client.Write(id, _bytes));
        }

        Assert.Equal(500 * BufferPool.BytesMin, _duo.Client.BytesHeld);
        _duo.Run(reads: false);
        Assert.Equal(500 * BufferPool.BytesMin, _duo.Server.BytesHeld);
        foreach (ulong id in ids)
        {
            _duo.Server.Consume(id, _bytes.Length);
            _duo.Client.Finish(id);
            _duo.Server.Finish(id);
        }

        _duo.Run();
        Assert.Equal((0, 0), (_duo.Client.OpenCount, _duo.Server.OpenCount));
        Assert.Equal((0L, 0L), (_duo.Client.BytesHeld, _duo.Server.BytesHeld));
    }

    [Fact]
    public void Streams_that_come_and_go_for_long_find_their_place_again()
    {
        for (int round = 0; round < 20; round++)
        {
            foreach (ulong id in OpenMany(300))
            {
                _duo.Client.Write(id, _bytes);
                _duo.Client.Finish(id);
                _duo.Server.Finish(id);
            }

            _duo.Run();
            Assert.Equal((0, 0), (_duo.Client.OpenCount, _duo.Server.OpenCount));
        }
    }

    private ulong[] OpenMany(int count)
    {
        ulong[] ids = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            ids[i] = _duo.Open(StreamKind.Connect);
        }

        _duo.Run();
        return ids;
    }

    private void Speak(ulong[] ids)
    {
        for (int i = 0; i < 5; i++)
        {
            foreach (ulong id in ids)
            {
                _duo.Client.Write(id, _bytes);
            }

            _duo.Frames.Clear();
            _duo.Run();
        }
    }
}
