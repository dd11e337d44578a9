using Roam.Lab;

namespace Roam.Tests.Lab;

/// <summary>The emulated link without a network: what becomes of packets, in virtual time.</summary>
public sealed class PathModelTests
{
    private const int Packets = 100_000;
    private const long Milli = MonotonicClock.NanosPerMilli;

    [Fact]
    public void A_clean_path_delivers_after_exactly_its_delay()
    {
        PathModel path = new(new LinkOptions { DelayMillis = 50.25 }, lossPercent: 0, seed: 1);
        Assert.Equal(PacketFate.Carried, path.Offer(7 * Milli, 1400, out long due));
        Assert.Equal((7 * Milli) + 50_250_000, due);
        Assert.Equal(0, path.QueueDelayNanos(7 * Milli));
    }

    [Fact]
    public void Independent_loss_loses_its_share_and_runs_as_short_as_chance_gives()
    {
        (double share, double run) = Losses(new LinkOptions(), lossPercent: 29);
        Assert.InRange(share, 0.28, 0.30);
        Assert.InRange(run, 1 / 0.71 * 0.97, 1 / 0.71 * 1.03);
    }

    [Fact]
    public void Bursty_loss_loses_the_same_share_in_runs_of_the_asked_length()
    {
        (double share, double run) = Losses(new LinkOptions { BurstPackets = 3 }, lossPercent: 15);
        Assert.InRange(share, 0.14, 0.16);
        Assert.InRange(run, 2.85, 3.15);
    }

    [Fact]
    public void The_same_seed_means_the_same_faults_and_another_seed_others()
    {
        LinkOptions options = new() { DelayMillis = 50, JitterMillis = 20 };
        Assert.Equal(Fates(new PathModel(options, 29, seed: 4)), Fates(new PathModel(options, 29, seed: 4)));
        Assert.NotEqual(Fates(new PathModel(options, 29, seed: 4)), Fates(new PathModel(options, 29, seed: 5)));
    }

    [Fact]
    public void A_blackout_loses_everything_and_does_not_shift_the_faults_that_follow()
    {
        PathModel lit = new(new LinkOptions(), 29, seed: 4), darkened = new(new LinkOptions(), 29, seed: 4);
        for (int i = 0; i < 100; i++)
        {
            darkened.Dark = i < 50;
            PacketFate expected = lit.Offer(i, 100, out _);
            Assert.Equal(i < 50 ? PacketFate.Lost : expected, darkened.Offer(i, 100, out _));
        }
    }

    [Fact]
    public void A_limited_rate_sends_one_packet_after_the_other()
    {
        PathModel path = new(new LinkOptions { DelayMillis = 10, RateKbit = 1000 }, 0, seed: 1);
        _ = path.Offer(0, 1250, out long first);
        _ = path.Offer(0, 1250, out long second);
        _ = path.Offer(100 * Milli, 1250, out long late);
        Assert.Equal(20 * Milli, first);
        Assert.Equal(30 * Milli, second);
        Assert.Equal(120 * Milli, late);
    }

    [Fact]
    public void A_full_queue_drops_what_comes_last_and_takes_packets_again_when_it_has_drained()
    {
        PathModel path = new(new LinkOptions { RateKbit = 1000, QueueBytes = 2500 }, 0, seed: 1);
        Assert.Equal(PacketFate.Carried, path.Offer(0, 1250, out _));
        Assert.Equal(PacketFate.Carried, path.Offer(0, 1250, out _));
        Assert.Equal(PacketFate.QueueFull, path.Offer(0, 1250, out _));
        Assert.Equal(20 * Milli, path.QueueDelayNanos(0));
        Assert.Equal(PacketFate.Carried, path.Offer(10 * Milli, 1250, out _));
    }

    [Fact]
    public void Only_packets_above_the_hole_vanish()
    {
        PathModel path = new(new LinkOptions { MtuHoleBytes = 1000 }, 0, seed: 1);
        Assert.Equal(PacketFate.Carried, path.Offer(0, 1000, out _));
        Assert.Equal(PacketFate.TooLong, path.Offer(0, 1001, out _));
    }

    [Fact]
    public void Jitter_spreads_around_the_delay_and_lets_packets_overtake()
    {
        PathModel path = new(new LinkOptions { DelayMillis = 50, JitterMillis = 10 }, 0, seed: 1);
        double sum = 0, squares = 0;
        int overtaken = 0;
        long before = 0;
        for (int i = 0; i < Packets; i++)
        {
            long now = i * Milli;
            _ = path.Offer(now, 100, out long due);
            double travel = (due - now) / (double)Milli;
            sum += travel;
            squares += travel * travel;
            overtaken += due < before ? 1 : 0;
            before = due;
        }

        double mean = sum / Packets;
        Assert.InRange(mean, 49.9, 50.1);
        Assert.InRange(Math.Sqrt((squares / Packets) - (mean * mean)), 9.8, 10.2);
        Assert.InRange(overtaken, Packets / 3, Packets / 2);
    }

    [Fact]
    public void A_packet_costs_no_memory()
    {
        PathModel path = new(new LinkOptions { DelayMillis = 50, JitterMillis = 10, RateKbit = 1000, BurstPackets = 3 }, 15, seed: 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _ = path.Offer(i, 100, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static (double Share, double Run) Losses(LinkOptions options, double lossPercent)
    {
        PathModel path = new(options, lossPercent, seed: 1);
        int lost = 0, runs = 0;
        bool before = false;
        for (int i = 0; i < Packets; i++)
        {
            bool now = path.Offer(i, 100, out _) == PacketFate.Lost;
            lost += now ? 1 : 0;
            runs += now && !before ? 1 : 0;
            before = now;
        }

        return (lost / (double)Packets, lost / (double)runs);
    }

    private static List<(PacketFate, long)> Fates(PathModel path)
    {
        List<(PacketFate, long)> fates = [];
        for (int i = 0; i < 200; i++)
        {
            PacketFate fate = path.Offer(i * Milli, 100, out long due);
            fates.Add((fate, due));
        }

        return fates;
    }
}
