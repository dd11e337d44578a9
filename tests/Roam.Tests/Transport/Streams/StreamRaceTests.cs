using Roam.Lab;
using Roam.Transport;
using PathFaults = Roam.Lab.LinkFaults;

namespace Roam.Tests.Transport;

/// <summary>Streams that somebody waits for, alone and beside another's TCP in the same queue, in virtual time. The other is a model of CUBIC of its own (<see cref="TcpFlow"/>).</summary>
public sealed class StreamRaceTests
{
    private static readonly StreamRace _slow = new() { Kilobits = 10_000 };
    private static readonly StreamRace _fast = new() { Kilobits = 100_000, WarmMillis = 5000, MeasureMillis = 10_000 };

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void A_stream_fills_100_Mbit_over_40_ms_whatever_the_path_loses_by_itself(int loss)
    {
        Assert.InRange((_fast with { Loss = loss }).Run().StreamPercent, 85, 100);
    }

    [Fact]
    public void The_other_loses_its_rate_where_the_path_loses_1_percent()
    {
        // Else the model would be too good a competitor, or no competitor at all: CUBIC over 40 ms with 1 % loss has about 4 Mbit/s.
        Assert.InRange((_fast with { Loss = 10, StreamAtMillis = -1, TcpAtMillis = 0 }).Run().TcpPercent, 2, 8);
        Assert.InRange((_fast with { StreamAtMillis = -1, TcpAtMillis = 0 }).Run().TcpPercent, 90, 97);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(500)]
    [InlineData(2000)]
    public void A_key_beside_bulk_hardly_notices_it_however_deep_the_queue_is(int queueMillis)
    {
        RaceResult result = (_slow with { QueueMillis = queueMillis, HasTypist = true, MeasureMillis = 20_000 }).Run();
        Assert.True(result.EchoMicros.Count >= 100);
        Assert.InRange(result.EchoMillis(50), 40, 40 + 15);
        Assert.InRange(result.EchoMillis(95), 40, 40 + 40);
        Assert.InRange(result.StreamPercent, 85, 100);
    }

    [Theory]
    [InlineData(10_000, 20, 20)]
    [InlineData(10_000, 40, 100)]
    [InlineData(10_000, 40, 500)]
    [InlineData(10_000, 150, 500)]
    public void Neither_starves_when_the_other_comes_second(int kilobits, int roundTripMillis, int queueMillis)
    {
        RaceResult result = (_slow with { Kilobits = kilobits, RoundTripMillis = roundTripMillis, QueueMillis = queueMillis, TcpAtMillis = 5000, MeasureMillis = 40_000 }).Run();
        Assert.InRange(result.StreamPercent, 30, 66);
        Assert.InRange(result.TcpPercent, 30, 66);
    }

    [Theory]
    [InlineData(40, 20)]
    [InlineData(40, 100)]
    [InlineData(40, 500)]
    [InlineData(20, 500)]
    public void Nor_when_it_was_there_before(int roundTripMillis, int queueMillis)
    {
        RaceResult result = (_slow with { RoundTripMillis = roundTripMillis, QueueMillis = queueMillis, TcpAtMillis = 0, StreamAtMillis = 5000, MeasureMillis = 40_000 }).Run();
        Assert.InRange(result.StreamPercent, 30, 66);
        Assert.InRange(result.TcpPercent, 30, 66);
    }

    [Fact]
    public void When_the_other_has_gone_the_queue_is_short_again()
    {
        RaceResult result = (_slow with { QueueMillis = 1000, TcpAtMillis = 1000, TcpEndMillis = 8000, WarmMillis = 20_000, HasTypist = true, MeasureMillis = 10_000 }).Run();
        Assert.InRange(result.EchoMillis(95), 40, 40 + 40);
        Assert.InRange(result.StreamPercent, 85, 100);
    }

    [Fact]
    public void History_gives_way_as_ever()
    {
        RaceResult result = (_slow with { Kind = StreamKind.History, TcpAtMillis = 5000, WarmMillis = 20_000 }).Run();
        Assert.InRange(result.TcpPercent, 85, 97);
    }

    [Fact]
    public void After_a_pause_of_minutes_a_stream_begins_carefully_and_is_soon_as_fast_as_before()
    {
        StreamWorld world = new(1, new PathFaults { DelayMicros = 20_000 }, new PathFaults { DelayMicros = 20_000 }.WithRate(10_000, 1_000_000));
        world.Server.Serve = _ => 3_000_000;
        world.RunFor(1000);
        world.Client.Open(world.Now, StreamKind.Program);
        world.RunFor(60_000);
        world.Down.LongestQueueMicros = 0;
        ulong again = world.Client.Open(world.Now, StreamKind.Program);
        Assert.InRange(world.MillisUntil(() => world.Client.Read[again].IsFinished, 10_000), 2400, 3200);
        Assert.InRange(world.Down.LongestQueueMicros, 0, 40_000);
    }

    [Fact]
    public void Keys_do_not_hold_back_what_lets_the_other_end_send()
    {
        // A window of 256 KiB at first, over a path that holds 190 KB: what raises it must not wait for a pace that was measured by keys alone.
        RaceResult result = (_slow with { RoundTripMillis = 150, HasTypist = true, MeasureMillis = 15_000 }).Run();
        Assert.InRange(result.StreamPercent, 80, 100);
    }
}
