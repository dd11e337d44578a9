using Roam.Lab;
using Roam.Transport;
using PathFaults = Roam.Lab.LinkFaults;

namespace Roam.Tests.Transport;

/// <summary>Send buffers and receive windows: as large as the path needs, and no larger.</summary>
public sealed class StreamWindowTests
{
    private static readonly PathFaults _long = new PathFaults { DelayMicros = 100_000 }.WithRate(100_000, 2_500_000);
    private readonly byte[] _bytes = new byte[1024 * 1024];

    [Fact]
    public void A_path_of_100_Mbit_and_200_ms_is_filled()
    {
        StreamWorld world = Start(_long, long.MaxValue / 2);
        ulong id = world.Client.Open(world.Now, StreamKind.Connect);
        world.RunFor(20_000);
        long before = world.Client.Read[id].Bytes;
        world.RunFor(10_000);
        Assert.InRange(world.Client.Read[id].Bytes - before, 10 * 12_500_000L * 75 / 100, long.MaxValue);
    }

    [Fact]
    public void A_reader_that_does_not_keep_up_holds_no_more_than_the_first_window()
    {
        StreamWorld world = Start(_long, long.MaxValue / 2);
        world.Client.StallsReaders = true;
        ulong id = world.Client.Open(world.Now, StreamKind.Connect);
        world.RunFor(20_000);
        Assert.Equal(StreamLimits.StreamWindowBytes, world.Client.Streams.Peek(id).Length);
    }

    [Fact]
    public void On_a_slow_path_a_writer_is_never_far_ahead_of_it()
    {
        PathFaults slow = new PathFaults { DelayMicros = 40_000 }.WithRate(1000, 64_000);
        StreamWorld world = Start(slow, long.MaxValue / 2);
        ulong id = world.Client.Open(world.Now, StreamKind.Connect);
        world.RunFor(10_000);
        Assert.InRange(world.Server.Streams.Unacknowledged(id), 1, 60_000);
    }

    [Fact]
    public void A_window_doubles_when_it_is_read_within_two_round_trips_and_only_then()
    {
        WindowTuner window = new(1000, 4000);
        Instant now = new(1_000_000);
        Assert.False(window.Take(now, 1000, 50_000));
        Assert.False(window.Take(now.PlusMillis(101), 2000, 50_000));
        Assert.True(window.Take(now.PlusMillis(200), 3000, 50_000));
        Assert.Equal(2000, window.Bytes);
        Assert.False(window.Take(now.PlusMillis(210), 4999, 50_000));
        Assert.True(window.Take(now.PlusMillis(210), 5000, 50_000));
        Assert.False(window.Take(now.PlusMillis(220), 9000, 50_000));
        Assert.Equal(4000, window.Bytes);
    }

    [Fact]
    public void All_writers_together_hold_16_MiB_and_hear_of_room_though_nothing_of_their_own_is_acknowledged()
    {
        StreamDuo duo = new();
        ulong[] ids = [.. Enumerable.Range(0, 200).Select(_ => duo.Open(StreamKind.Connect))];
        duo.Run();
        duo.Controller.PaceBytesPerSecond = 1L << 40;
        int held = 0;
        foreach (ulong id in ids)
        {
            held += duo.Client.Write(id, _bytes);
        }

        Assert.Equal(StreamLimits.SendBytesAllMax, held);
        Assert.Equal(0, duo.Client.Unacknowledged(ids[^1]));
        Assert.Equal(0, duo.Client.WriteRoom(ids[^1]));

        for (int i = 0; i < 1_000_000 && held > StreamLimits.SendBytesAllMax / 2; i++)
        {
            duo.Now = duo.Now.PlusMillis(1);
            duo.SendOne();
            while (duo.Server.PollChannelEvent(out StreamEvent read))
            {
                duo.Server.Consume(read.Id, duo.Server.Peek(read.Id).Length);
            }

            duo.Answer();
            held = ids.Sum(duo.Client.Unacknowledged);
        }

        List<ulong> told = [];
        while (duo.Client.PollChannelEvent(out StreamEvent e))
        {
            told.Add(e.Id);
        }

        Assert.Contains(ids[^1], told);
        Assert.True(duo.Client.Write(ids[^1], _bytes) > 0);
    }

    private static StreamWorld Start(PathFaults link, long serves)
    {
        StreamWorld world = new(7, link, link);
        world.Server.Serve = _ => serves;
        world.RunFor(1000);
        return world;
    }
}
