using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class ByteRingTests
{
    [Fact]
    public void Two_threads_pass_bytes_in_order_through_a_small_ring()
    {
        byte[] sent = ScratchFolder.Noise(1_000_000, 5);
        ByteRing ring = new(1000, 1000);
        Thread putting = new(() =>
        {
            Random random = new(1);
            for (int at = 0; at < sent.Length;)
            {
                int length = Math.Min(random.Next(1, 3000), sent.Length - at);
                Assert.True(ring.Append(sent.AsSpan(at, length), mayGrow: false));
                at += length;
            }

            ring.Close();
        });
        putting.Start();
        List<byte> got = [];
        while (ring.WaitForBytes() is { Count: > 0 } bytes)
        {
            got.AddRange(bytes);
            ring.Consume(bytes.Count);
        }

        putting.Join();
        Assert.Equal(sent, got);
    }

    [Fact]
    public void A_ring_that_may_grow_takes_all_at_once_and_keeps_the_order_across_its_seam()
    {
        ByteRing ring = new(16, 4096);
        Span<byte> taken = stackalloc byte[10];
        Assert.True(ring.Append(ScratchFolder.Noise(12, 1), mayGrow: false));
        Assert.True(ring.Take(taken));
        Assert.True(ring.Append(ScratchFolder.Noise(13, 2), mayGrow: false));
        Assert.True(ring.Append(ScratchFolder.Noise(1000, 3), mayGrow: true));
        byte[] rest = new byte[2 + 13 + 1000];
        Assert.True(ring.Take(rest));
        Assert.Equal([.. ScratchFolder.Noise(12, 1).AsSpan(10), .. ScratchFolder.Noise(13, 2), .. ScratchFolder.Noise(1000, 3)], rest);
    }

    [Fact]
    public void Who_waits_for_room_is_told_when_the_taker_is_gone()
    {
        ByteRing ring = new(16, 16);
        Assert.True(ring.Append(new byte[16], mayGrow: false));
        bool? result = null;
        Thread putting = new(() => result = ring.Append(new byte[1], mayGrow: false));
        putting.Start();
        ring.Break();
        putting.Join();
        Assert.False(result);
    }
}
