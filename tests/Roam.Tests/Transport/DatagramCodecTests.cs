using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class DatagramCodecTests
{
    private static readonly SessionKey Key = SessionKey.Create(new SeededRandom(3));

    private readonly DatagramCodec _client = new(Side.Client, Key);
    private readonly DatagramCodec _server = new(Side.Server, Key);

    [Fact]
    public void What_one_side_seals_the_other_opens()
    {
        byte[] first = Seal(_client, "hello"u8);
        byte[] second = Seal(_client, ""u8);
        Assert.Equal(ReceiveResult.Accepted, _server.Open(second, out OpenedDatagram opened));
        Assert.Equal(1UL, opened.Sequence);
        Assert.Equal(0, opened.Fragment.Length);
        Assert.Equal(ReceiveResult.Accepted, _server.Open(first, out opened));
        Assert.Equal(0UL, opened.Sequence);
        Assert.Equal(0x1234, opened.Timestamp);
        Assert.Equal(0x5678, opened.TimestampReply);
        Assert.Equal("hello"u8, opened.Fragment);
    }

    [Fact]
    public void The_nonce_is_the_direction_bit_and_the_sequence_number()
    {
        _server.NextSequence = 0x0102030405060708;
        Assert.Equal("8102030405060708", Convert.ToHexString(Seal(_server, "x"u8).AsSpan(0, 8)));
        Assert.Equal("8102030405060709", Convert.ToHexString(Seal(_server, "x"u8).AsSpan(0, 8)));
        Assert.Equal("0000000000000000", Convert.ToHexString(Seal(_client, "x"u8).AsSpan(0, 8)));
    }

    [Fact]
    public void A_datagram_shorter_than_nonce_and_tag_is_too_short()
    {
        for (int length = 0; length < 24; length++)
        {
            Assert.Equal(ReceiveResult.TooShort, _server.Open(new byte[length], out _));
        }
    }

    [Fact]
    public void A_datagram_of_one_s_own_direction_is_refused_even_when_authentic()
    {
        Assert.Equal(ReceiveResult.WrongDirection, _client.Open(Seal(_client, "x"u8), out _));
        Assert.Equal(ReceiveResult.WrongDirection, _server.Open(Seal(_server, "x"u8), out _));
    }

    [Fact]
    public void A_datagram_longer_than_the_bound_is_not_authentic()
    {
        Assert.Equal(ReceiveResult.NotAuthentic, _server.Open(new byte[SspLimits.ReceiveBytesMax + 1], out _));
        Assert.Equal(ReceiveResult.NotAuthentic, _server.Open(new byte[100_000], out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void An_authentic_datagram_without_room_for_timestamps_is_dropped(int plaintextBytes)
    {
        byte[] datagram = new byte[24 + plaintextBytes];
        Aead.Create(Key).Seal(new byte[12], new byte[plaintextBytes], datagram.AsSpan(8));
        Assert.Equal(ReceiveResult.Dropped, _server.Open(datagram, out _));
    }

    [Theory]
    [InlineData(0L, 0)]
    [InlineData(999L, 0)]
    [InlineData(1_000L, 1)]
    [InlineData(65_534_999L, 65534)]
    [InlineData(65_535_000L, 0)]
    [InlineData(65_536_000L, 0)]
    [InlineData(65_537_000L, 1)]
    [InlineData(9_000_000_000_000L, 9_000_000_000 % 65536)]
    public void The_clock_is_milliseconds_modulo_65536_and_never_the_mark_for_none(long micros, int expected)
    {
        Assert.Equal(expected, DatagramCodec.TimestampOf(new Instant(micros)));
    }

    [Fact]
    public void The_key_is_exhausted_before_2_to_the_47_blocks()
    {
        _client.BlocksUsed = SspLimits.KeyBlocksMax - 300;
        Assert.False(_client.IsExhausted);
        Seal(_client, new byte[1000]);
        Assert.True(_client.IsExhausted);
        Assert.True(_client.BlocksUsed < SspLimits.KeyBlocksMax);
    }

    [Fact]
    public void Opened_blocks_count_against_the_key_and_forgeries_do_not()
    {
        byte[] datagram = Seal(_client, new byte[1000]);
        _server.Open(datagram, out _);
        ulong used = _server.BlocksUsed;
        Assert.InRange(used, 63UL, 70UL);
        datagram[30] ^= 1;
        _server.Open(datagram, out _);
        Assert.Equal(used, _server.BlocksUsed);
    }

    [Fact]
    public void The_sequence_ends_before_it_reaches_the_direction_bit()
    {
        _client.NextSequence = long.MaxValue;
        Assert.False(_client.IsExhausted);
        Seal(_client, "x"u8);
        Assert.True(_client.IsExhausted);
    }

    private static byte[] Seal(DatagramCodec codec, ReadOnlySpan<byte> fragment)
    {
        byte[] buffer = new byte[1500];
        fragment.CopyTo(buffer.AsSpan(DatagramCodec.HeaderBytes));
        int length = codec.Seal(buffer, 0x1234, 0x5678, fragment.Length);
        return buffer[..length];
    }
}
