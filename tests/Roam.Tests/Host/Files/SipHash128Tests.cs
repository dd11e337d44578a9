using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class SipHash128Tests
{
    /// <summary>vectors_sip128 of the reference implementation: key 00 01 ... 0f, input 00 01 ... of that length; the hash as its bytes come.</summary>
    [Theory]
    [InlineData(0, "a3817f04ba25a8e66df67214c7550293")]
    [InlineData(1, "da87c1d86b99af44347659119b22fc45")]
    [InlineData(8, "3b62a9ba6258f5610f83e264f31497b4")]
    public void The_reference_vectors_agree(int length, string expected)
    {
        byte[] key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        byte[] input = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        byte[] bytes = new byte[SipHash128.HashBytes];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(bytes, SipHash128.Of(key, input));
        Assert.Equal(expected, Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Pieces_of_any_length_give_the_hash_of_the_whole()
    {
        byte[] key = ScratchFolder.Noise(16, 1);
        byte[] input = ScratchFolder.Noise(1000, 2);
        UInt128 whole = SipHash128.Of(key, input);
        Random random = new(3);
        for (int run = 0; run < 200; run++)
        {
            SipHash128 hash = new(key);
            for (int at = 0; at < input.Length;)
            {
                int length = Math.Min(random.Next(0, 40), input.Length - at);
                hash.Append(input.AsSpan(at, length));
                at += length;
            }

            Assert.Equal(whole, hash.Result());
        }
    }

    [Fact]
    public void Another_key_gives_another_hash()
    {
        byte[] input = ScratchFolder.Noise(100, 2);
        Assert.NotEqual(SipHash128.Of(ScratchFolder.Noise(16, 1), input), SipHash128.Of(ScratchFolder.Noise(16, 2), input));
    }
}
