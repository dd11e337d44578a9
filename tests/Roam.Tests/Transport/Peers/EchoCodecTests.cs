using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class EchoCodecTests
{
    private static readonly SessionKey Key = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    [Theory]
    [InlineData(EchoCodec.DatagramBytesMin)]
    [InlineData(1472)]
    public void A_question_and_its_answer_have_one_number_and_one_size(int size)
    {
        EchoCodec near = new(answers: false, Key);
        EchoCodec far = new(answers: true, Key);
        byte[] datagram = new byte[size];
        near.Seal(datagram, 7, "");
        Assert.True(far.TryOpen(datagram, out uint number, out string text));
        Assert.Equal((7u, ""), (number, text));
        far.Seal(datagram, number, "192.0.2.1 4711");
        Assert.True(near.TryOpen(datagram, out number, out text));
        Assert.Equal((7u, "192.0.2.1 4711"), (number, text));
    }

    [Fact]
    public void A_stranger_a_changed_byte_and_ones_own_question_are_not_opened()
    {
        EchoCodec near = new(answers: false, Key);
        EchoCodec far = new(answers: true, Key);
        byte[] datagram = new byte[200];
        new EchoCodec(answers: false, new SessionKey(new byte[16])).Seal(datagram, 1, "");
        Assert.False(far.TryOpen(datagram, out _, out _));
        near.Seal(datagram, 1, "");
        Assert.False(near.TryOpen(datagram, out _, out _));
        datagram[^1] ^= 1;
        Assert.False(far.TryOpen(datagram, out _, out _));
        Assert.False(far.TryOpen(datagram.AsSpan(0, EchoCodec.DatagramBytesMin - 1), out _, out _));
    }

    [Fact]
    public void A_text_that_is_too_long_is_left_out()
    {
        EchoCodec near = new(answers: false, Key);
        byte[] datagram = new byte[200];
        near.Seal(datagram, 1, new string('x', EchoCodec.TextBytesMax + 1));
        Assert.True(new EchoCodec(answers: true, Key).TryOpen(datagram, out _, out string text));
        Assert.True(text.Length <= EchoCodec.TextBytesMax);
    }
}
