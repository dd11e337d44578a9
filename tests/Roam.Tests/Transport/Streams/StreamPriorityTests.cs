using Roam.Lab;
using Roam.Transport;
using PathFaults = Roam.Lab.LinkFaults;

namespace Roam.Tests.Transport;

/// <summary>The screen goes first, and a peer that did not announce streams never sees one.</summary>
public sealed class StreamPriorityTests
{
    private static readonly PathFaults _link = new PathFaults { DelayMicros = 20_000 }.WithRate(2000, 60_000);

    [Fact]
    public void A_due_frame_leaves_before_any_stream_datagram()
    {
        StreamWorld world = new(1, _link, _link);
        world.Server.Serve = _ => 10_000_000;
        world.RunFor(1000);
        world.Client.Open(world.Now);
        world.RunFor(1000);
        for (int i = 0; i < 50; i++)
        {
            List<(bool IsStream, int Length)> left = [];
            world.Watch = packet => left.Add((IsStream(world, packet), packet.Length));
            world.ShowScreen(6000);
            world.RunFor(0);
            world.Watch = _ => { };
            int firstStream = left.FindIndex(p => p.IsStream);
            Assert.True(left.Count(p => !p.IsStream) >= 5 || left.All(p => p.IsStream), "the frame is cut into at least five datagrams, which leave together");
            Assert.True(firstStream < 0 || left.Skip(firstStream).All(p => p.IsStream));
            world.RunFor(97);
        }
    }

    [Fact]
    public void A_large_frame_has_the_path_for_itself_for_the_time_that_it_takes()
    {
        StreamWorld world = new(1, _link, _link);
        world.Server.Serve = _ => 10_000_000;
        world.RunFor(1000);
        world.Client.Open(world.Now);
        world.RunFor(2000);
        long streamBytes = 0;
        bool hasFrameLeft = false;
        world.Watch = packet =>
        {
            bool isStream = IsStream(world, packet);
            hasFrameLeft |= packet.Destination == Side.Client && !isStream;
            streamBytes += packet.Destination == Side.Client && isStream && hasFrameLeft ? packet.Length : 0;
        };
        world.ShowScreen(25_000);
        world.MillisUntil(() => hasFrameLeft, 100);
        world.RunFor(60);
        Assert.Equal(0, streamBytes);
        world.RunFor(2000);
        Assert.True(streamBytes > 0, "then the stream goes on");
    }

    [Fact]
    public void An_end_that_has_not_enabled_streams_drops_and_counts_their_datagrams()
    {
        StreamWorld world = new(1, _link, _link, serverUsesStreams: false);
        world.RunFor(1000);
        world.Client.Open(world.Now);
        world.RunFor(5000);
        Assert.True(world.Server.Connection.Counters.StreamDatagramsRefused > 0);
        Assert.Null(world.Server.Connection.Streams);
    }

    [Fact]
    public void Two_ends_that_have_not_enabled_streams_never_send_one()
    {
        StreamWorld world = new(1, _link, _link, serverUsesStreams: false, clientUsesStreams: false);
        bool hasStream = false;
        world.Watch = packet => hasStream |= IsStream(world, packet);
        world.Type(100, 500);
        world.RunFor(20_000);
        Assert.False(hasStream);
        Assert.True(world.EchoMicros.Count > 190);
    }

    [Fact]
    public void Streams_that_are_enabled_and_not_used_send_nothing()
    {
        StreamWorld world = new(1, _link, _link);
        bool hasStream = false;
        world.Watch = packet => hasStream |= IsStream(world, packet);
        world.Type(100, 500);
        world.RunFor(20_000);
        Assert.False(hasStream);
    }

    private static bool IsStream(StreamWorld world, SimPacket packet) =>
        world.Seal.TryOpen(packet, out OpenedDatagram opened) && FragmentHeader.Read(opened.Fragment).Id == FragmentHeader.StreamsId;
}
