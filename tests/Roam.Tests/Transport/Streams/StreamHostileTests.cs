using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>A peer that has the key and lies: nothing is thrown, nothing grows beyond the named limits, and an honest stream goes on.</summary>
public sealed class StreamHostileTests
{
    private const ulong NumbersSent = 1000;

    private readonly StreamSet _streams = new(Side.Server, new DelayController());
    private readonly byte[] _buffer = new byte[1300];
    private Instant _now = new(1_000_000);
    private ulong _number = 10;

    [Fact]
    public void Bytes_beyond_the_window_are_ignored_and_counted()
    {
        Say("0E00" + "80040000" + "0161"); // offset 256 KiB
        Assert.Equal(1, _streams.Counters.RefusedFrames);
        Assert.Equal(0, _streams.BytesHeld);
    }

    [Fact]
    public void Bytes_after_the_end_or_another_end_are_ignored()
    {
        Say("0B00" + "03616263"); // "abc", the end
        Say("0E00" + "03" + "0164");
        Say("0F00" + "02" + "00");
        Assert.Equal(2, _streams.Counters.RefusedFrames);
        Say("20000100");
        Assert.True(_streams.PollEvent(out _));
        Assert.Equal("abc"u8, _streams.Peek(0));
    }

    [Fact]
    public void A_stream_beyond_the_limit_or_of_our_own_that_we_did_not_open_is_refused()
    {
        Say("2050000100"); // id 4096: the 1025th
        Say("20010100"); // id 1: ours
        Say("0A02" + "0161"); // id 2: of a kind that is not
        Assert.Equal(3, _streams.Counters.RefusedFrames);
        Assert.Equal(0, _streams.OpenCount);
    }

    [Fact]
    public void What_was_never_sent_cannot_be_acknowledged()
    {
        Assert.True(_streams.TryOpen(_now, StreamKind.History, [], out _));
        Transmit(5);
        Say("02" + "43E8" + "00" + "00" + "00"); // number 1000
        Assert.Equal(1, _streams.Counters.RefusedFrames);
        Assert.Equal(1, _streams.PacketsHeld);
        Say("02" + "05" + "00" + "00" + "00");
        Assert.Equal(0, _streams.PacketsHeld);
    }

    [Fact]
    public void An_unknown_frame_spoils_only_what_follows_it_and_is_acknowledged()
    {
        Say("2000010107" + "3F" + "0A00" + "0161");
        Assert.Equal(1, _streams.Counters.UnknownFrames);
        Assert.True(_streams.PollEvent(out StreamEvent opened));
        Assert.Equal(new StreamEvent(0, StreamEventKind.Opened, StreamKind.History), opened);
        Assert.Equal([0x07], _streams.TargetOf(0).ToArray());
        Assert.True(_streams.Peek(0).IsEmpty);
        _now = _now.PlusMillis(StreamLimits.AckDelayMillis);
        Assert.True(Transmit(6) > 0);
    }

    [Fact]
    public void The_same_datagram_again_changes_nothing()
    {
        Say("20000100" + "0A00" + "0161");
        _streams.TakeDatagram(_now, _number - 1, Convert.FromHexString("0E00" + "01" + "0162"), NumbersSent);
        Assert.Equal(1, _streams.Counters.Repeats);
        Assert.Equal("a"u8, _streams.Peek(0));
    }

    [Fact]
    public void Every_second_byte_is_taken_up_to_the_limit_of_gaps_and_then_not_acknowledged()
    {
        FrameWriterTo(i => (0UL, (ulong)((2 * i) + 1)), StreamLimits.AheadRangesMax + 20);
        Assert.Equal(20, _streams.Counters.RefusedDatagrams);
        Assert.True(_streams.BytesHeld <= BufferPool.BytesMin * 4);
    }

    [Fact]
    public void Millions_of_gaps_in_datagram_numbers_hold_no_more_than_the_ranges_kept()
    {
        for (int i = 0; i < 200_000; i++)
        {
            _number += 2;
            Say("01");
        }

        _now = _now.PlusMillis(StreamLimits.AckDelayMillis);
        Assert.InRange(Transmit(7), 1, 200);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    public void Random_frames_never_throw_and_memory_ends_at_the_limits(ulong seed)
    {
        SeededRandom random = new(seed);
        for (int i = 0; i < 50_000; i++)
        {
            byte[] payload = MakeFrames(random);
            _number += (ulong)random.Next(3);
            _streams.TakeDatagram(_now, _number, payload, NumbersSent + (ulong)i);
            _now = _now.PlusMicros(random.Next(20_000));
            if (random.Chance(50))
            {
                _streams.TryOpen(_now, StreamKind.History, [1], out ulong id);
                _streams.Write(id, new byte[random.Next(5000)]);
            }

            while (random.Chance(500) && _streams.PollEvent(out StreamEvent e))
            {
                int readable = _streams.Peek(e.Id).Length;
                _streams.Consume(e.Id, readable == 0 ? 0 : random.Next(readable));
            }

            if (_streams.NextTimeout <= _now)
            {
                _streams.HandleTimeout(_now);
            }

            Transmit(NumbersSent + (ulong)i);
            Assert.True(_streams.OpenCount <= StreamLimits.StreamsMax);
            Assert.True(_streams.PacketsHeld <= StreamLimits.PacketsInFlightMax);
            Assert.True(_streams.BytesHeld <= StreamLimits.BytesHeldMax);
        }
    }

    /// <summary>Frames of known types with plausible and wild numbers, sometimes cut.</summary>
    private static byte[] MakeFrames(SeededRandom random)
    {
        List<byte> bytes = [];
        Span<byte> integer = stackalloc byte[VarInt.BytesMax];
        for (int frames = 1 + random.Next(4); frames > 0; frames--)
        {
            byte[] types = [0, 1, 2, 4, 5, 8, 10, 12, 14, 15, 16, 17, 18, 32, 33, 34, 35, 0x31];
            bytes.Add(types[random.Next(types.Length)]);
            for (int fields = random.Next(6); fields > 0; fields--)
            {
                ulong value = random.Next(4) switch
                {
                    0 => (ulong)random.Next(130),
                    1 => (ulong)random.Next(300_000),
                    2 => (ulong)random.Next(1200),
                    _ => random.NextUInt64() >> (2 + random.Next(60)),
                };
                bytes.AddRange(integer[..VarInt.Write(integer, value)]);
            }

            bytes.AddRange(random.NextBytes(random.Next(40)));
        }

        return [.. bytes.Take(random.Chance(100) ? random.Next(bytes.Count) : bytes.Count)];
    }

    private void Say(string hex) => _streams.TakeDatagram(_now, _number++, Convert.FromHexString(hex), NumbersSent);

    private int Transmit(ulong number) => _streams.WriteDatagram(_now, number, _buffer.AsSpan(0, 1200), 66);

    private void FrameWriterTo(Func<int, (ulong Id, ulong Offset)> place, int count)
    {
        for (int i = 0; i < count; i++)
        {
            (ulong id, ulong offset) = place(i);
            FrameWriter writer = new(_buffer);
            writer.StreamRoom(id, offset)[0] = 1;
            writer.EndStream(id, offset, 1, isFinal: false);
            _streams.TakeDatagram(_now, _number++, _buffer.AsSpan(0, writer.Length), NumbersSent);
        }
    }
}
