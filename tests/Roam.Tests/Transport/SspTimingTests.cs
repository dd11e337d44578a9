using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>When datagrams go, seen from outside.</summary>
public sealed class SspTimingTests
{
    [Fact]
    public void An_idle_session_sends_one_acknowledgement_in_three_seconds_from_each_side()
    {
        Pair pair = SspDeliveryTests.Settled(50);
        int client = pair.Client.Sent.Count, server = pair.Server.Sent.Count;
        int clientWakes = pair.Client.WakeUps, serverWakes = pair.Server.WakeUps;
        pair.RunFor(300_000);
        Assert.InRange(pair.Client.Sent.Count - client, 99, 101);
        Assert.InRange(pair.Server.Sent.Count - server, 99, 101);
        Assert.InRange(pair.Client.WakeUps - clientWakes, 99, 101);
        Assert.InRange(pair.Server.WakeUps - serverWakes, 99, 101);
        Assert.InRange(pair.Server.Connection.SentStatesHeld, 1, 3);
        Assert.InRange(pair.Server.Connection.ReceivedStatesHeld, 1, 4);
    }

    [Fact]
    public void A_state_with_a_diff_is_acknowledged_within_100_milliseconds_and_a_bare_one_is_not()
    {
        Pair pair = SspDeliveryTests.Settled(10);
        pair.Client.Set(pair.Now, "key");
        ulong number = pair.Client.Connection.LastSentNumber + 1;
        Assert.InRange(pair.MillisUntil(() => pair.Client.Connection.AckedByPeer == number, 1000), 121, 122);
    }

    [Fact]
    public void An_answer_of_the_program_carries_the_acknowledgement()
    {
        Pair pair = SspDeliveryTests.Settled(10);
        pair.Client.Set(pair.Now, "key");
        pair.RunFor(15);
        int before = pair.Server.Sent.Count;
        ulong key = pair.Client.Connection.LastSentNumber;
        pair.Server.Set(pair.Now, "echo");
        pair.RunFor(90);
        Assert.Equal(before + 1, pair.Server.Sent.Count);
        Assert.Equal(key, pair.Client.Connection.AckedByPeer);
    }

    [Fact]
    public void Frames_of_a_flood_keep_the_send_interval()
    {
        Pair pair = SspDeliveryTests.Settled(60);
        long interval = pair.Server.Connection.SendIntervalMillis;
        int before = pair.Server.Sent.Count;
        for (int i = 0; i < 4000; i++)
        {
            pair.Server.Set(pair.Now, "line " + i);
            pair.RunFor(1);
        }

        List<long> gaps = [.. pair.Server.Sent.Skip(before).Zip(pair.Server.Sent.Skip(before + 1)).Select(p => p.Second.At.MillisSince(p.First.At))];
        Assert.InRange(interval, 20, 250);
        Assert.All(gaps, g => Assert.True(g >= 20));
        Assert.InRange(gaps.Average(), 50, 90);
    }

    [Fact]
    public void A_lost_frame_is_repaired_one_timeout_later()
    {
        Pair pair = SspDeliveryTests.Settled(50);
        bool lost = false;
        pair.Passes = f => f.ToServer || lost || !(lost = true);
        pair.Server.Set(pair.Now, "screen");
        long rto = pair.Server.Connection.RtoMillis;
        Assert.InRange(pair.MillisUntil(() => pair.Client.Remote == "screen", 5000), rto + 100, rto + 100 + 8 + 50 + 2);
        Assert.True(lost);
    }

    [Fact]
    public void The_round_trip_is_measured_without_the_time_that_the_peer_held_it()
    {
        Pair pair = SspDeliveryTests.Settled(75);
        for (int i = 0; i < 60; i++)
        {
            pair.Client.Set(pair.Now, "k" + i);
            pair.RunFor(40);
            pair.Server.Set(pair.Now, "s" + i);
            pair.RunFor(157);
        }

        Assert.InRange(pair.Client.Connection.SrttMillis, 148, 152);
        Assert.InRange(pair.Server.Connection.SrttMillis, 148, 152);
        Assert.Equal(75, pair.Client.Connection.SendIntervalMillis);
    }

    [Fact]
    public void A_round_trip_is_measured_across_the_wrap_of_the_timestamp()
    {
        Pair pair = new(oneWayMillis: 30, start: new Instant(65_500_000));
        for (int i = 0; i < 20; i++)
        {
            pair.Client.Set(pair.Now, "k" + i);
            pair.Server.Set(pair.Now, "s" + i);
            pair.RunFor(30);
        }

        Assert.InRange(pair.Client.Connection.SrttMillis, 59, 62);
    }

    [Fact]
    public void A_congestion_mark_makes_the_sender_see_half_a_second_more()
    {
        Pair pair = SspDeliveryTests.Settled(20);
        long srtt = pair.Client.Connection.SrttMillis;
        byte[]? marked = null;
        pair.Passes = f =>
        {
            marked = f.ToServer && marked is null ? f.Datagram : marked;
            return marked != f.Datagram;
        };
        pair.Client.Set(pair.Now, "key");
        pair.RunFor(21);
        pair.Server.Connection.HandleDatagram(pair.Now, pair.Client.Address, marked, congestionExperienced: true);
        pair.Server.Set(pair.Now, "echo");
        pair.RunFor(100);
        Assert.InRange(pair.Client.Connection.SrttMillis - srtt, 60, 65);
    }

    [Fact]
    public void Calling_again_and_again_makes_no_datagram()
    {
        Pair pair = SspDeliveryTests.Settled(20);
        int before = pair.Server.Sent.Count;
        for (int i = 0; i < 10_000; i++)
        {
            pair.Server.Connection.SetLocal(pair.Now, pair.Server.Local);
            pair.Server.Connection.HandleTimeout(pair.Now);
            pair.DrainBoth();
        }

        Assert.InRange(pair.Server.Sent.Count - before, 0, 1);
        pair.Server.AssertNoSnapshotIsLost();
    }
}
