using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>States arrive, whatever the link does.</summary>
public sealed class SspDeliveryTests
{
    [Fact]
    public void A_change_arrives_after_collection_and_one_way()
    {
        Pair pair = Settled(oneWayMillis: 50);
        pair.Server.Set(pair.Now, "screen");
        Assert.InRange(pair.MillisUntil(() => pair.Client.Remote == "screen", 1000), 58, 59);
        pair.RunFor(4000);
        pair.Client.Set(pair.Now, "key");
        Assert.InRange(pair.MillisUntil(() => pair.Server.Remote == "key", 1000), 51, 52);
    }

    [Fact]
    public void The_first_frames_of_a_session_do_not_wait_for_a_round_trip_time()
    {
        Pair pair = new(oneWayMillis: 0);
        pair.Client.Set(pair.Now, "size");
        Assert.InRange(pair.MillisUntil(() => pair.Server.Remote == "size", 1000), 0, 1);
        pair.Server.Set(pair.Now, "prompt");
        Assert.InRange(pair.MillisUntil(() => pair.Client.Remote == "prompt", 1000), 0, 3);
    }

    [Fact]
    public void Stock_s_first_screen_waits_a_quarter_of_a_second()
    {
        Pair pair = new(oneWayMillis: 0, timing: () => new StockTiming(firstFramesAtOnce: false));
        pair.Client.Set(pair.Now, "size");
        Assert.InRange(pair.MillisUntil(() => pair.Server.Remote == "size", 1000), 0, 1);
        pair.RunFor(5);
        pair.Server.Set(pair.Now, "prompt");
        Assert.InRange(pair.MillisUntil(() => pair.Client.Remote == "prompt", 1000), 240, 251);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(290, 0, 0)]
    [InlineData(0, 500, 0)]
    [InlineData(0, 0, 120)]
    [InlineData(290, 300, 120)]
    [InlineData(600, 0, 0)]
    public void Both_ends_become_equal_through_loss_duplication_and_reordering(int lossPerMille, int duplicatePerMille, int jitterMillis)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            Pair pair = new(oneWayMillis: 40, seed);
            foreach (LinkFaults faults in new[] { pair.Up, pair.Down })
            {
                faults.LossPerMille = lossPerMille;
                faults.DuplicatePerMille = duplicatePerMille;
                faults.JitterMillis = jitterMillis;
            }

            ShadowCheck shadow = new(pair);
            SeededRandom random = new(seed);
            for (int i = 0; i < 300; i++)
            {
                string text = new('x', random.Next(40));
                (random.Chance(500) ? pair.Client : pair.Server).Set(pair.Now, $"{i} {text}");
                pair.RunFor(random.Next(60));
                shadow.Check();
            }

            Assert.True(pair.MillisUntil(() => IsEqual(pair), 30_000) >= 0, $"seed {seed} did not converge");
            pair.Client.AssertNoSnapshotIsLost();
            pair.Server.AssertNoSnapshotIsLost();
        }
    }

    [Fact]
    public void A_state_of_many_fragments_survives_loss()
    {
        Pair pair = Settled(oneWayMillis: 20);
        pair.Down.LossPerMille = 100;
        pair.Down.JitterMillis = 5;
        SeededRandom random = new(9);
        string text = Convert.ToHexString(random.NextBytes(4000));
        pair.Server.Set(pair.Now, text);
        Assert.True(pair.MillisUntil(() => pair.Client.Remote == text, 10_000) >= 0);
        Assert.Contains(pair.Server.Sent, s => s.Length == 1252);
        Assert.DoesNotContain(pair.Server.Sent, s => s.Length > 1252);
    }

    [Fact]
    public void After_a_long_outage_both_ends_are_equal_soon_after_it_heals()
    {
        Pair pair = Settled(oneWayMillis: 30);
        pair.Up.IsDown = pair.Down.IsDown = true;
        for (int i = 0; i < 120; i++)
        {
            pair.Client.Set(pair.Now, "typed " + i);
            pair.Server.Set(pair.Now, "shown " + i);
            pair.RunFor(500);
        }

        Assert.Contains(TransportEvent.PeerSilent, pair.Server.Events);
        Assert.True(pair.Server.Connection.Peer.IsNone);
        pair.Up.IsDown = pair.Down.IsDown = false;
        Assert.InRange(pair.MillisUntil(() => IsEqual(pair), 10_000), 0, 3000 + 60 + 100);
        pair.RunFor(10_000);
        Assert.InRange(pair.Server.Connection.SentStatesHeld, 1, 3);
        pair.Client.AssertNoSnapshotIsLost();
        pair.Server.AssertNoSnapshotIsLost();
    }

    [Fact]
    public void No_more_than_32_sent_states_are_kept_and_the_acknowledged_one_is_among_them()
    {
        Pair pair = Settled(oneWayMillis: 10);
        pair.Down.IsDown = true;
        ulong acknowledged = pair.Client.Connection.AckedByPeer;
        for (int i = 0; i < 400; i++)
        {
            pair.Client.Set(pair.Now, "k" + i);
            pair.RunFor(22);
            Assert.InRange(pair.Client.Connection.SentStatesHeld, 1, SspLimits.SentStatesMax);
        }

        Assert.Equal(SspLimits.SentStatesMax, pair.Client.Connection.SentStatesHeld);
        Assert.Equal(acknowledged, pair.Client.Connection.AckedByPeer);
        pair.Down.IsDown = false;
        Assert.True(pair.MillisUntil(() => IsEqual(pair) && pair.Client.Connection.SentStatesHeld <= 3, 5000) >= 0);
        pair.Client.AssertNoSnapshotIsLost();
    }

    [Fact]
    public void A_change_that_is_taken_back_before_it_is_sent_costs_no_datagram()
    {
        Pair pair = Settled(oneWayMillis: 10);
        int before = pair.Server.Sent.Count;
        pair.Server.Set(pair.Now, "there");
        pair.Server.Set(pair.Now, "");
        pair.RunFor(500);
        Assert.Equal(before, pair.Server.Sent.Count);
        Assert.False(pair.Server.Connection.HasUnsentChange);
    }

    [Fact]
    public void A_change_that_is_taken_back_after_it_was_sent_arrives()
    {
        Pair pair = Settled(oneWayMillis: 10);
        pair.Server.Set(pair.Now, "there");
        pair.RunFor(25);
        pair.Down.IsDown = true;
        pair.Server.Set(pair.Now, "");
        pair.RunFor(5000);
        Assert.Equal("there", pair.Client.Remote);
        pair.Down.IsDown = false;
        Assert.True(pair.MillisUntil(() => pair.Client.Remote.Length == 0, 3100) >= 0);
    }

    [Fact]
    public void Nothing_is_sent_before_a_server_has_heard_its_client()
    {
        Pair pair = new();
        pair.Up.IsDown = true;
        pair.Server.Set(pair.Now, "screen");
        pair.RunFor(30_000);
        Assert.Empty(pair.Server.Sent);
        Assert.Equal(0, pair.Server.WakeUps);
    }

    [Fact]
    public void While_new_states_are_refused_acknowledgements_still_work_and_the_state_comes_later()
    {
        Pair pair = Settled(oneWayMillis: 10);
        pair.Server.Connection.RefusesNewStates = true;
        pair.Server.Set(pair.Now, "output");
        pair.Client.Set(pair.Now, "input");
        pair.RunFor(2000);
        Assert.NotEqual("input", pair.Server.Remote);
        Assert.Equal("output", pair.Client.Remote);
        Assert.Equal(pair.Server.Connection.LastSentNumber, pair.Server.Connection.AckedByPeer);
        pair.Server.Connection.RefusesNewStates = false;
        Assert.True(pair.MillisUntil(() => pair.Server.Remote == "input", 3100) >= 0);
    }

    [Fact]
    public void States_are_asked_to_drop_what_both_ends_hold()
    {
        Pair pair = Settled(oneWayMillis: 10);
        int client = pair.Client.Pool.Subtractions, server = pair.Server.Pool.Subtractions;
        pair.Client.Set(pair.Now, "a");
        pair.RunFor(500);
        pair.Client.Set(pair.Now, "ab");
        pair.RunFor(500);
        Assert.True(pair.Client.Pool.Subtractions > client);
        Assert.True(pair.Server.Pool.Subtractions > server);
    }

    [Fact]
    public void Steady_traffic_allocates_nothing()
    {
        LoopbackTraffic traffic = new();
        traffic.Run(400);
        int datagrams = 0;
        Allocation.AssertNone(() => datagrams = traffic.Run(2000));
        Assert.True(datagrams > 1500, $"{datagrams}");
    }

    internal static Pair Settled(int oneWayMillis, ulong seed = 1)
    {
        Pair pair = new(oneWayMillis, seed);
        pair.Client.Set(pair.Now, "size");
        pair.RunFor(500);
        pair.Server.Set(pair.Now, "$ ");
        pair.RunFor(500);
        pair.Server.Set(pair.Now, "");
        pair.RunFor(10_000);
        Assert.Equal("size", pair.Server.Remote);
        Assert.True(pair.Client.Connection.HasRoundTrip && pair.Server.Connection.HasRoundTrip);
        return pair;
    }

    private static bool IsEqual(Pair pair) =>
        pair.Client.Remote == pair.Server.Local.Text && pair.Server.Remote == pair.Client.Local.Text;
}
