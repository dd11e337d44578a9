using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>The two implementations read each other. Compressed bytes are never compared: zlib and zlib-ng differ, and both are right.</summary>
public sealed class ZlibCompressorTests
{
    private const int Room = 256 * 1024;

    public static TheoryData<int> Lengths => [0, 1, 2, 100, 1000, 4095, 4096, 40_000, 200_000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Each_implementation_reads_what_the_other_wrote(int length)
    {
        using ZlibCompressor native = new();
        ZLibStreamCompressor twin = new();
        byte[] source = Sample(length);
        RoundTrip(native, twin, source);
        RoundTrip(twin, native, source);
        RoundTrip(native, native, source);
    }

    [Fact]
    public void A_stream_is_as_good_after_a_hundred_messages_as_at_first()
    {
        using ZlibCompressor native = new();
        ZLibStreamCompressor twin = new();
        for (int i = 0; i < 100; i++)
        {
            RoundTrip(native, twin, Sample(i * 37));
            RoundTrip(twin, native, Sample(i * 41));
        }
    }

    [Fact]
    public void A_destination_that_is_too_small_is_refused()
    {
        using ZlibCompressor native = new();
        byte[] source = Sample(3000);
        byte[] packed = new byte[Room];
        int length = native.Deflate(source, packed);
        Assert.Equal(-1, native.Deflate(source, new byte[length - 1]));
        Assert.Equal(-1, native.Inflate(packed.AsSpan(0, length), new byte[source.Length - 1]));
        Assert.Equal(-1, native.Inflate(packed.AsSpan(0, length), []));
        Assert.Equal(source.Length, native.Inflate(packed.AsSpan(0, length), new byte[source.Length]));
    }

    [Fact]
    public void Every_truncation_and_bytes_behind_the_end_are_refused()
    {
        using ZlibCompressor native = new();
        byte[] packed = new byte[Room];
        int length = native.Deflate(Sample(500), packed);
        byte[] room = new byte[Room];
        for (int cut = 0; cut < length; cut++)
        {
            Assert.Equal(-1, native.Inflate(packed.AsSpan(0, cut), room));
        }

        Assert.Equal(-1, native.Inflate(packed.AsSpan(0, length + 1), room));
        Assert.Equal(500, native.Inflate(packed.AsSpan(0, length), room));
    }

    [Fact]
    public void Damaged_messages_are_judged_alike_by_both()
    {
        using ZlibCompressor native = new();
        ZLibStreamCompressor twin = new();
        byte[] packed = new byte[Room];
        int length = native.Deflate(Sample(600), packed);
        byte[] a = new byte[1200];
        byte[] b = new byte[1200];
        for (int i = 0; i < length * 8; i++)
        {
            byte[] damaged = packed.AsSpan(0, length).ToArray();
            damaged[i / 8] ^= (byte)(1 << (i % 8));
            int first = native.Inflate(damaged, a);
            if (first >= 0)
            {
                Assert.Equal(first, twin.Inflate(damaged, b));
                Assert.True(a.AsSpan(0, first).SequenceEqual(b.AsSpan(0, first)));
            }
        }
    }

    [Fact]
    public void A_message_in_steady_state_allocates_nothing()
    {
        using ZlibCompressor native = new();
        byte[] source = Sample(1000);
        byte[] packed = new byte[2000];
        byte[] back = new byte[2000];

        // Twice: the second message is the first that resets.
        native.Inflate(packed.AsSpan(0, native.Deflate(source, packed)), back);
        native.Inflate(packed.AsSpan(0, native.Deflate(source, packed)), back);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                native.Inflate(packed.AsSpan(0, native.Deflate(source, packed)), back);
            }
        });
    }

    private static void RoundTrip(ICompressor writer, ICompressor reader, byte[] source)
    {
        byte[] packed = new byte[Room];
        byte[] back = new byte[Room];
        int length = writer.Deflate(source, packed);
        Assert.True(length > 0);
        Assert.Equal(source.Length, reader.Inflate(packed.AsSpan(0, length), back));
        Assert.True(source.AsSpan().SequenceEqual(back.AsSpan(0, source.Length)));
    }

    /// <summary>Half text that packs well, half noise that does not.</summary>
    private static byte[] Sample(int length)
    {
        byte[] sample = new byte[length];
        uint state = 12345;
        for (int i = 0; i < length; i++)
        {
            state = (state * 1664525) + 1013904223;
            sample[i] = (i / 64 % 2) == 0 ? "\e[1;32muser@host\e[0m:~$ "u8[i % 23] : (byte)(state >> 24);
        }

        return sample;
    }
}
