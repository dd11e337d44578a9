using Roam.Lab;
using Roam.Transport;
using PathFaults = Roam.Lab.LinkFaults;

namespace Roam.Tests.Transport;

/// <summary>Every byte arrives once and in order, whatever the path does; <see cref="StreamEnd"/> checks each one that is read.</summary>
public sealed class StreamDeliveryTests
{
    private static readonly PathFaults _link = new PathFaults { DelayMicros = 20_000 }.WithRate(10_000, 60_000);

    [Fact]
    public void The_client_opens_a_stream_and_reads_what_the_server_writes()
    {
        StreamWorld world = Start(_link, 100_000);
        ulong id = world.Client.Open(world.Now);
        Assert.Equal(0UL, id);
        AssertDelivered(world, 100_000, limitMillis: 1000);
    }

    [Fact]
    public void When_both_ends_have_said_all_the_stream_is_forgotten_and_its_place_free()
    {
        StreamWorld world = Start(_link, 1000);
        for (int i = 0; i < 3 * StreamLimits.StreamsOfOneEndAtFirst; i++)
        {
            ulong id = world.Client.Open(world.Now);
            Assert.Equal((ulong)i * 4, id);
            world.Client.Send(id, 500);
            Assert.True(world.MillisUntil(() => world.Client.Streams.OpenCount == 0 && world.Server.Streams.OpenCount == 0, 2000) >= 0);
        }

        Assert.All(world.Client.Read.Values, r => Assert.Equal((1000, true), (r.Bytes, r.IsFinished)));
        Assert.All(world.Server.Read.Values, r => Assert.Equal((500, true), (r.Bytes, r.IsFinished)));
    }

    [Fact]
    public void No_more_than_1024_of_one_end_are_open_at_once_and_those_beyond_the_first_32_wait_for_a_round_trip()
    {
        StreamWorld world = Start(_link, -1);
        for (int i = 0; i < StreamLimits.StreamsOfOneEndMax; i++)
        {
            world.Client.Open(world.Now);
        }

        Assert.False(world.Client.Streams.TryOpen(world.Now, StreamKind.History, [], out _));
        world.RunFor(30);
        Assert.Equal(StreamLimits.StreamsOfOneEndAtFirst, world.Server.Read.Count);
        world.RunFor(2000);
        Assert.Equal(StreamLimits.StreamsOfOneEndMax, world.Server.Read.Count);
        Assert.Equal(0, world.Server.Streams.Counters.RefusedFrames);
        Assert.True(world.Server.Streams.TryOpen(world.Now, StreamKind.History, [7], out ulong id));
        Assert.Equal(1UL, id);
    }

    [Fact]
    public void A_target_that_is_too_long_is_not_opened()
    {
        StreamWorld world = Start(_link, -1);
        Assert.False(world.Client.Streams.TryOpen(world.Now, StreamKind.History, new byte[StreamLimits.TargetBytesMax + 1], out _));
        Assert.True(world.Client.Streams.TryOpen(world.Now, StreamKind.History, new byte[StreamLimits.TargetBytesMax], out _));
    }

    [Fact]
    public void A_reader_that_stops_stops_its_own_stream_only_and_memory_ends_at_the_window()
    {
        StreamWorld world = Start(_link, 2_000_000);
        world.Client.StallsReaders = true;
        ulong stalled = world.Client.Open(world.Now);
        world.Client.StallsReaders = false;
        ulong read = world.Client.Open(world.Now);
        Assert.True(world.MillisUntil(() => world.Client.Read[read].IsFinished, 10_000) >= 0);
        Assert.Equal(StreamLimits.StreamWindowBytes, world.Client.Streams.Peek(stalled).Length);
        Assert.True(world.Client.Streams.BytesHeld <= 4 * StreamLimits.StreamWindowBytes);
        Assert.InRange(world.Server.Streams.WriteRoom(stalled), 0, StreamLimits.UnsentBytesOfSession / 2);

        world.Client.Read[stalled].IsStalled = false;
        world.Client.Take(stalled);
        Assert.True(world.MillisUntil(() => world.Client.Read[stalled].IsFinished, 10_000) >= 0);
        Assert.Equal(2_000_000, world.Client.Read[stalled].Bytes);
    }

    [Fact]
    public void Readers_that_stop_hold_no_more_than_the_connections_window_together()
    {
        StreamWorld world = Start(_link, 2_000_000);
        world.Client.StallsReaders = true;
        List<ulong> ids = [.. Enumerable.Range(0, 10).Select(_ => world.Client.Open(world.Now))];
        world.RunFor(10_000);
        Assert.Equal(StreamLimits.ConnectionWindowBytes, ids.Sum(id => world.Client.Streams.Peek(id).Length));

        // One of them is given up: its bytes make room for the others.
        world.Client.Streams.Reset(ids[0]);
        world.RunFor(10_000);
        Assert.Equal(StreamLimits.ConnectionWindowBytes, ids.Sum(id => world.Client.Streams.Peek(id).Length));
        Assert.True(world.Server.Read[ids[0]].IsReset);
        Assert.False(world.Server.Streams.IsOpen(ids[0]));
    }

    [Fact]
    public void A_reset_ends_the_stream_at_both_ends_though_datagrams_are_lost()
    {
        StreamWorld world = Start(_link with { Loss = 300 }, 1_000_000);
        ulong id = world.Client.Open(world.Now);
        world.MillisUntil(() => world.Client.Read[id].Bytes > 100_000, 20_000);
        world.Client.Streams.Reset(id, 3);
        Assert.True(world.MillisUntil(() => world.Client.Streams.OpenCount == 0 && world.Server.Streams.OpenCount == 0, 20_000) >= 0);
        Assert.True(world.Server.Read[id].IsReset);
        Assert.Equal(0, world.Server.Streams.Write(id, [1]));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(290)]
    public void Loss_delays_but_loses_nothing(int perMille)
    {
        StreamWorld world = Start(_link with { Loss = perMille }, 300_000);
        world.Client.Open(world.Now);
        AssertDelivered(world, 300_000, limitMillis: 48_000);
    }

    [Fact]
    public void Duplicates_and_reordering_change_nothing()
    {
        StreamWorld world = Start(_link with { Duplicate = 300, Reorder = 300, ReorderMicros = 300_000, JitterMicros = 50_000 }, 300_000);
        world.Client.Open(world.Now);
        AssertDelivered(world, 300_000, limitMillis: 30_000);
    }

    [Fact]
    public void After_ten_minutes_without_a_network_it_goes_on_where_it_was_as_soon_as_the_peer_is_heard()
    {
        StreamWorld world = Start(_link, 3_000_000);
        world.Client.Open(world.Now);
        world.RunFor(500);
        world.Up.IsDown = world.Down.IsDown = true;
        world.RunFor(600_000);
        world.Up.IsDown = world.Down.IsDown = false;
        long heard = world.MillisUntil(() => world.Server.Connection.Peer != default, 10_000);
        Assert.True(heard >= 0);
        long before = world.Client.Read[0].Bytes;
        Assert.InRange(world.MillisUntil(() => world.Client.Read[0].Bytes > before, 1000), 0, 100);
        AssertDelivered(world, 3_000_000, limitMillis: 6000);
    }

    [Fact]
    public void During_silence_the_probes_are_few()
    {
        StreamWorld world = Start(_link, 3_000_000);
        world.Client.Open(world.Now);
        world.RunFor(500);
        world.Down.IsDown = world.Up.IsDown = true;
        world.RunFor(30_000);
        long before = world.Server.Streams.Counters.DatagramsSent;
        world.RunFor(3_600_000);
        Assert.InRange(world.Server.Streams.Counters.DatagramsSent - before, 0, 3);
    }

    [Fact]
    public void An_address_change_costs_no_byte_and_no_wait()
    {
        StreamWorld world = Start(_link, 2_000_000);
        world.Client.Open(world.Now);
        for (int i = 0; i < 5; i++)
        {
            world.RunFor(300);
            world.Roam();
            world.Client.Connection.NetworkChanged(world.Now);
            long before = world.Client.Read[0].Bytes;
            Assert.InRange(world.MillisUntil(() => world.Client.Read[0].Bytes > before, 1000), 0, 150);
        }

        AssertDelivered(world, 2_000_000, limitMillis: 10_000);
    }

    [Fact]
    public void A_clock_that_jumps_a_night_ahead_is_harmless()
    {
        StreamWorld world = Start(_link, 1_000_000);
        world.Client.Open(world.Now);
        world.RunFor(300);
        world.Sleep(8 * 3_600_000L);
        AssertDelivered(world, 1_000_000, limitMillis: 10_000);
    }

    [Fact]
    public void A_path_that_swallows_long_datagrams_gets_short_ones()
    {
        StreamWorld world = Start(_link with { BlackHoleBytes = 900 }, 100_000);
        world.Client.Open(world.Now);
        AssertDelivered(world, 100_000, limitMillis: 30_000);
    }

    [Fact]
    public void A_system_that_refuses_long_datagrams_gets_short_ones()
    {
        StreamWorld world = Start(_link with { TooLongBytes = 900 }, 100_000);
        world.Client.Open(world.Now);
        AssertDelivered(world, 100_000, limitMillis: 3000);
    }

    [Fact]
    public void Many_streams_in_both_directions_share_the_path()
    {
        StreamWorld world = Start(_link with { Loss = 20 }, 50_000);
        world.Client.Serve = _ => 50_000;
        for (int i = 0; i < 20; i++)
        {
            world.Client.Send(world.Client.Open(world.Now), 30_000, chunkBytes: 100);
            world.Server.Send(world.Server.Open(world.Now), 30_000);
        }

        Assert.True(world.MillisUntil(() => AllRead(world), 30_000) >= 0);

        static bool AllRead(StreamWorld world) =>
            world.Client.Read.Count == 40 && world.Server.Read.Count == 40 && world.Client.Read.Values.Concat(world.Server.Read.Values).All(r => r.IsFinished);
    }

    private static StreamWorld Start(PathFaults link, long serves)
    {
        StreamWorld world = new(7, link, link);
        world.Server.Serve = _ => serves;
        world.RunFor(1000);
        return world;
    }

    private static void AssertDelivered(StreamWorld world, long bytes, long limitMillis)
    {
        Assert.True(world.MillisUntil(() => world.Client.Read.Count > 0 && world.Client.Read.Values.All(r => r.IsFinished), limitMillis) >= 0, $"only {world.Client.Read[0].Bytes} bytes came");
        Assert.Equal(bytes, world.Client.Read[0].Bytes);
    }
}
