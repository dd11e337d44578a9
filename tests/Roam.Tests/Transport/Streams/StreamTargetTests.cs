using Roam.Lab;
using PathFaults = Roam.Lab.LinkFaults;

namespace Roam.Tests.Transport;

/// <summary>How fast streams must be, and what a typist may notice of them, in virtual time.</summary>
public sealed class StreamTargetTests
{
    private static readonly PathFaults _fast = new PathFaults { DelayMicros = 10_000 }.WithRate(10_000, 50_000);
    private static readonly PathFaults _narrow = new PathFaults { DelayMicros = 40_000 }.WithRate(256, 32_000);

    [Fact]
    public void A_megabyte_takes_less_than_1300_ms_at_10_Mbit()
    {
        Assert.InRange(MillisFor(_fast, 1_000_000), 800, 1300);
    }

    [Fact]
    public void A_path_that_loses_5_percent_carries_a_megabit_a_second()
    {
        Assert.InRange(MillisFor(_fast with { DelayMicros = 25_000, Loss = 50 }, 1_000_000), 800, 8000);
    }

    [Fact]
    public void A_path_that_loses_29_percent_carries_50_kbit_a_second()
    {
        Assert.InRange(MillisFor(_fast with { DelayMicros = 50_000, Loss = 290 }, 200_000), 160, 32_000);
    }

    [Fact]
    public void A_queue_of_four_datagrams_is_not_flooded()
    {
        StreamWorld world = Start(_fast.WithRate(10_000, 5000), 5_000_000);
        Assert.InRange(world.MillisUntil(() => world.Client.Read[0].IsFinished, 60_000), 4000, 8000);
        Assert.InRange(world.Server.Streams.Counters.DatagramsLost, 0, world.Server.Streams.Counters.DatagramsSent / 10);
    }

    [Fact]
    public void A_stream_has_an_idle_narrow_link_for_itself_and_a_typist_beside_it_hardly_notices()
    {
        StreamWorld alone = Start(_narrow, 0);
        List<long> before = TypeFor(alone, 60_000);

        StreamWorld world = Start(_narrow, long.MaxValue / 2);
        world.RunFor(10_000);
        long from = world.Client.Read[0].Bytes;
        world.RunFor(30_000);
        Assert.True(world.Client.Read[0].Bytes - from > 30 * 32_000 * 85 / 100);

        List<long> beside = TypeFor(world, 60_000);
        Assert.Equal(before.Count, beside.Count);
        Assert.InRange(beside[beside.Count / 2] - before[before.Count / 2], 0, 20_000);
        Assert.InRange(beside[beside.Count * 95 / 100] - before[before.Count * 95 / 100], 0, 40_000);
    }

    [Fact]
    public void A_stream_that_runs_for_ten_minutes_does_not_take_its_own_queue_for_the_path()
    {
        StreamWorld world = Start(_narrow, long.MaxValue / 2);
        world.RunFor(600_000);
        world.Down.LongestQueueMicros = 0;
        world.RunFor(60_000);
        Assert.InRange(world.Down.LongestQueueMicros, 0, 150_000);
    }

    [Fact]
    public void A_path_that_became_longer_is_believed_after_a_while()
    {
        StreamWorld world = Start(_fast, long.MaxValue / 2);
        world.RunFor(5000);
        world.Up.Faults = world.Down.Faults = _fast with { DelayMicros = 60_000 };
        world.RunFor(20_000);
        long from = world.Client.Read[0].Bytes;
        world.RunFor(10_000);
        Assert.True(world.Client.Read[0].Bytes - from > 2_000_000);
    }

    private static long MillisFor(PathFaults link, long bytes)
    {
        StreamWorld world = Start(link, bytes);
        return world.MillisUntil(() => world.Client.Read[0].IsFinished, 600_000);
    }

    private static StreamWorld Start(PathFaults link, long bytes)
    {
        StreamWorld world = new(1, link, link);
        world.Server.Serve = _ => bytes;
        world.RunFor(3000);
        if (bytes > 0)
        {
            world.Client.Open(world.Now);
        }

        return world;
    }

    private static List<long> TypeFor(StreamWorld world, int millis)
    {
        world.Type(200, 100);
        world.RunFor(millis);
        world.StopTyping();
        world.RunFor(2000);
        world.EchoMicros.Sort();
        return world.EchoMicros;
    }
}
