using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>The bytes of frames: RFC 9000's where it has the same, docs/protocol.md's else.</summary>
public sealed class FrameCodecTests
{
    private readonly byte[] _buffer = new byte[1200];

    [Theory]
    [InlineData("C2197C5EFF14E88C", 151288809941952652UL)]
    [InlineData("9D7F3E7D", 494878333UL)]
    [InlineData("7BBD", 15293UL)]
    [InlineData("25", 37UL)]
    public void Variable_length_integers_are_those_of_RFC_9000_appendix_A(string hex, ulong value)
    {
        ReadOnlySpan<byte> source = Convert.FromHexString(hex);
        Assert.True(VarInt.TryRead(ref source, out ulong read));
        Assert.Equal(value, read);
        Assert.True(source.IsEmpty);
        Assert.Equal(hex, Convert.ToHexString(_buffer, 0, VarInt.Write(_buffer, value)));
    }

    [Fact]
    public void An_integer_that_ends_too_early_takes_nothing()
    {
        ReadOnlySpan<byte> source = [0x9D, 0x7F, 0x3E];
        Assert.False(VarInt.TryRead(ref source, out _));
        Assert.Equal(3, source.Length);
    }

    [Fact]
    public void Each_frame_has_the_bytes_of_the_document()
    {
        FrameWriter writer = new(_buffer);
        Assert.True(writer.TryOpen(0, StreamKind.History, [0x49, 0x00]));
        Assert.True(writer.TryStreamLimit(4, 300_000));
        Assert.True(writer.TryLimit(FrameType.MaxData, 1_048_576));
        Assert.True(writer.TryLimit(FrameType.MaxStreams, 40));
        Assert.True(writer.TryReset(1, 2, 3));
        Assert.True(writer.TryPing());
        Assert.Equal(
            "2000" + "01" + "024900" + "1104800493E0" + "1080100000" + "1228" + "04010203" + "01",
            Convert.ToHexString(_buffer, 0, writer.Length));
    }

    [Fact]
    public void Stream_bytes_follow_id_offset_and_length()
    {
        FrameWriter writer = new(_buffer);
        "hi"u8.CopyTo(writer.StreamRoom(0, 0));
        writer.EndStream(0, 0, 2, isFinal: false);
        "yo"u8.CopyTo(writer.StreamRoom(5, 2));
        writer.EndStream(5, 2, 2, isFinal: true);
        Assert.Equal("0A0040026869" + "0F05024002796F", Convert.ToHexString(_buffer, 0, writer.Length));

        FrameReader reader = new(_buffer.AsSpan(0, writer.Length));
        Assert.Equal(FrameResult.Frame, reader.Read(out StreamFrame first));
        Assert.Equal((FrameType.Stream, 0UL, 0UL, false, "hi"), (first.Type, first.Id, first.Offset, first.IsFinal, Text(first)));
        Assert.Equal(FrameResult.Frame, reader.Read(out StreamFrame second));
        Assert.Equal((FrameType.Stream, 5UL, 2UL, true, "yo"), (second.Type, second.Id, second.Offset, second.IsFinal, Text(second)));
        Assert.Equal(FrameResult.End, reader.Read(out _));
    }

    [Fact]
    public void Stream_bytes_without_a_length_go_to_the_end_of_the_datagram()
    {
        FrameReader reader = new(Convert.FromHexString("0008" + "04" + "616263"));
        Assert.Equal(FrameResult.Frame, reader.Read(out StreamFrame frame));
        Assert.Equal((4UL, 0UL, "abc"), (frame.Id, frame.Offset, Text(frame)));
    }

    [Fact]
    public void Acknowledged_ranges_are_said_from_the_highest_down()
    {
        RangeSet received = new(8);
        received.TryAdd(1, 4);
        received.TryAdd(6, 7);
        received.TryAdd(10, 21);
        received.TryAdd(30, 31);
        FrameWriter writer = new(_buffer);
        Assert.True(writer.TryAck(received, top: 20, delayMicros: 1000));

        // Largest 20, delay 1000, two more ranges; 10..20; gap of 7..9; 6; gap of 4..5; 1..3.
        Assert.Equal("021443E8020A02000102", Convert.ToHexString(_buffer, 0, writer.Length));

        FrameReader reader = new(_buffer.AsSpan(0, writer.Length));
        Assert.Equal(FrameResult.Frame, reader.Read(out StreamFrame frame));
        Assert.Equal((20UL, 1000UL), (frame.Offset, frame.Value));
        Assert.Equal([(10, 20), (6, 6), (1, 3)], RangesOf(frame));
    }

    [Theory]
    [InlineData("02", "Malformed")] // ends before the largest
    [InlineData("0205000006", "Malformed")] // first range goes below zero
    [InlineData("020500010300", "Malformed")] // the second range is missing
    [InlineData("02050001030000", "Frame")]
    [InlineData("02050001030100", "Malformed")] // the gap goes below zero
    [InlineData("0A0004616263", "Malformed")] // shorter than its length
    [InlineData("0EFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF0161", "Malformed")] // beyond the last offset
    [InlineData("2000014101", "Malformed")] // target longer than the datagram
    [InlineData("23", "Unknown")]
    [InlineData("4021", "Unknown")] // a known type in a longer form
    [InlineData("000000", "End")] // padding
    public void What_cannot_be_is_told_apart_from_what_is_not_known(string hex, string expected)
    {
        FrameReader reader = new(Convert.FromHexString(hex));
        Assert.Equal(expected, reader.Read(out _).ToString());
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Random_bytes_are_read_to_the_end_without_harm(ulong seed)
    {
        SeededRandom random = new(seed);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = random.NextBytes(1 + random.Next(60));
            bytes[0] = (byte)random.Next(0x24);
            FrameReader reader = new(bytes);
            int frames = 0;
            while (reader.Read(out StreamFrame frame) == FrameResult.Frame)
            {
                if (frame.Type == FrameType.Ack)
                {
                    RangesOf(frame);
                }

                Assert.True(++frames <= bytes.Length);
            }
        }
    }

    private static string Text(in StreamFrame frame) => System.Text.Encoding.Latin1.GetString(frame.Data);

    private static List<(int Low, int High)> RangesOf(in StreamFrame frame)
    {
        List<(int, int)> ranges = [];
        AckRanges each = new(frame.Offset, frame.Data);
        while (each.MoveNext())
        {
            Assert.True(each.Low <= each.High);
            ranges.Add(((int)each.Low, (int)each.High));
        }

        return ranges;
    }
}
