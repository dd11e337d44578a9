using Roam.Lab;
using Roam.Transport;
using PathFaults = Roam.Lab.LinkFaults;

namespace Roam.Tests.Transport;

/// <summary>A frame that is lost beside a running stream is missed by its acknowledgements, long before a timeout.</summary>
public sealed class StreamFateTests
{
    private static readonly PathFaults _link = new PathFaults { DelayMicros = 50_000 }.WithRate(10_000, 120_000);

    [Fact]
    public void A_lost_frame_goes_again_after_a_round_trip_while_a_stream_runs()
    {
        long alone = MillisOfLostFrame(runs: false, out long knownAlone);
        long beside = MillisOfLostFrame(runs: true, out long known);
        Assert.Equal(0, knownAlone);
        Assert.Equal(1, known);
        Assert.InRange(beside, 140, alone - 20);
    }

    [Fact]
    public void On_a_path_without_loss_nothing_is_ever_taken_for_lost()
    {
        StreamWorld world = Start(_link, runs: true);
        world.Type(50, 100);
        world.RunFor(20_000);
        Assert.Equal(0, world.Server.Connection.Counters.InstructionsKnownLost);
        Assert.Equal(0, world.Client.Connection.Counters.InstructionsKnownLost);
    }

    [Fact]
    public void Keys_on_a_lossy_path_are_not_slower_for_it()
    {
        List<long> beside = Type(runs: true);
        List<long> alone = Type(runs: false);
        Assert.InRange(beside[beside.Count * 95 / 100], 0, alone[alone.Count * 95 / 100] + 40_000);

        static List<long> Type(bool runs)
        {
            StreamWorld world = Start(_link with { Loss = 50 }, runs);
            world.Type(200, 100);
            world.RunFor(60_000);
            world.EchoMicros.Sort();
            return world.EchoMicros;
        }
    }

    /// <summary>From a change of the picture, whose datagram is lost, to its arrival.</summary>
    private static long MillisOfLostFrame(bool runs, out long known)
    {
        StreamWorld world = Start(_link, runs);
        ulong before = world.Client.Connection.RemoteNumber;
        world.Down.Faults = _link with { Loss = 1000 };
        world.ShowScreen(200);
        world.RunFor(6);
        world.Down.Faults = _link;
        long millis = world.MillisUntil(() => world.Client.Connection.RemoteNumber > before, 5000);
        known = world.Server.Connection.Counters.InstructionsKnownLost;
        Assert.True(millis >= 0);
        return millis;
    }

    private static StreamWorld Start(PathFaults link, bool runs)
    {
        StreamWorld world = new(3, link, link);
        world.Server.Serve = _ => long.MaxValue / 2;
        world.RunFor(2000);
        if (runs)
        {
            world.Client.Open(world.Now, StreamKind.Connect);
            world.RunFor(5000);
        }

        return world;
    }
}
