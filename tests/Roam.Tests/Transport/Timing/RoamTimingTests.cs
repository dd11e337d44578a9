using Roam.Transport;

namespace Roam.Tests.Transport.Timing;

/// <summary>Roam's timing, seen from outside: when datagrams leave and how soon states arrive over a path in virtual time.</summary>
public sealed class RoamTimingTests
{
    private const int OneWayMillis = 50;

    [Fact]
    public void A_key_leaves_at_once_also_when_another_left_a_moment_ago()
    {
        Pair pair = Settled();
        for (int i = 1; i <= 5; i++)
        {
            pair.Client.Set(pair.Now, new string('k', i));
            Assert.Equal(OneWayMillis, pair.MillisUntil(() => pair.Server.Remote.Length == i, 1000));
        }
    }

    [Fact]
    public void An_answer_leaves_when_the_program_has_been_silent_for_half_a_millisecond()
    {
        Pair pair = Settled();
        pair.Client.Set(pair.Now, "key");
        pair.RunFor(OneWayMillis);
        pair.Server.Set(pair.Now, "a");
        pair.RunFor(0);
        Assert.Equal(pair.Now.PlusMicros(RoamTiming.QuietMicros), pair.Server.Connection.NextTimeout);
        Assert.Equal(OneWayMillis, pair.MillisUntil(() => pair.Client.Remote == "a", 1000));
    }

    [Fact]
    public void What_a_program_writes_unasked_waits_a_little_longer_for_the_rest_of_it()
    {
        Pair pair = Settled();
        int before = pair.Server.Sent.Count;
        pair.Server.Set(pair.Now, "a");
        pair.RunFor(3);
        pair.Server.Set(pair.Now, "ab");
        pair.RunFor(OneWayMillis + 10);
        Assert.Equal("ab", pair.Client.Remote);
        Assert.Equal(before + 1, pair.Server.Sent.Count);
    }

    [Fact]
    public void Of_two_that_know_each_other_the_next_key_carries_the_acknowledgement_of_the_last_echo()
    {
        Pair pair = Settled();
        pair.Client.Connection.SendsReports = pair.Server.Connection.SendsReports = true;
        Echo(pair, 40);
        int before = pair.Client.Sent.Count;
        Echo(pair, 20);
        Assert.Equal(before + 20, pair.Client.Sent.Count);
    }

    [Fact]
    public void A_program_that_goes_on_writing_is_waited_for_at_most_8_milliseconds()
    {
        Pair pair = Settled();
        int before = pair.Server.Sent.Count;
        Instant start = pair.Now;
        TouchUntilSent(pair, before);
        Assert.InRange(pair.Server.Sent[before].At.MillisSince(start), 8, 8);
    }

    [Fact]
    public void Small_frames_go_no_faster_than_one_in_20_milliseconds_for_long()
    {
        Pair pair = Settled();
        int before = pair.Server.Sent.Count;
        for (int i = 0; i < 1000; i++)
        {
            pair.Server.Set(pair.Now, "line " + i);
            pair.RunFor(2);
        }

        int frames = pair.Server.Sent.Count - before;
        Assert.InRange(frames, 90, (2000 / 20) + TokenBucket.TokensMax + 2);
    }

    [Fact]
    public void Large_frames_on_a_fast_path_begin_at_half_a_round_trip_and_come_to_20_milliseconds()
    {
        Pair pair = Settled();
        int before = pair.Server.Sent.Count;
        for (int i = 0; i < 1000; i++)
        {
            pair.Server.Set(pair.Now, i + new string((char)('a' + (i % 26)), 900));
            pair.RunFor(2);
        }

        List<Instant> sent = [.. pair.Server.Sent.Skip(before).Select(s => s.At)];
        Assert.All(sent.Zip(sent.Skip(1)), p => Assert.True(p.Second.Micros - p.First.Micros >= LargePace.FloorMicros));
        Assert.Equal(50, sent[1].MillisSince(sent[0]));
        Assert.Equal(20, sent[^1].MillisSince(sent[^2]));
    }

    [Fact]
    public void On_a_path_without_loss_nothing_is_sent_twice()
    {
        Pair pair = Settled();
        long frames = pair.Client.Connection.Counters.FramesSent;
        for (int i = 1; i <= 40; i++)
        {
            pair.Client.Set(pair.Now, new string('k', i));
            pair.RunFor(73 * i % 400);
        }

        pair.RunFor(2000);
        Assert.Equal(40, pair.Client.Connection.Counters.FramesSent - frames);
    }

    [Fact]
    public void A_lost_key_is_asked_for_again_soon_after_a_round_trip_and_the_peers_delay()
    {
        Pair pair = Settled();
        Type(pair, 20);
        bool lost = false;
        pair.Passes = f => !f.ToServer || lost || !(lost = true);
        pair.Client.Set(pair.Now, "key");
        Assert.InRange(pair.MillisUntil(() => pair.Server.Remote == "key", 5000), 175, 285);
        Assert.True(lost);
    }

    [Fact]
    public void Where_much_is_lost_a_key_goes_more_than_once_and_newer_keys_stop_the_copies_of_older_ones()
    {
        Pair pair = Settled();
        pair.Up.LossPerMille = pair.Down.LossPerMille = 300;
        Type(pair, 200);
        List<Instant> sent = [];
        pair.Up.LossPerMille = pair.Down.LossPerMille = 0;
        pair.RunFor(300);
        int before = pair.Client.Sent.Count;
        Instant start = pair.Now;
        pair.Client.Set(pair.Now, "one more");
        pair.RunFor(24);
        sent.AddRange(pair.Client.Sent.Skip(before).Select(s => s.At));
        Assert.Equal([start, start.PlusMillis(10)], sent);
    }

    [Fact]
    public void A_state_that_comes_again_is_acknowledged_again_when_the_first_acknowledgement_must_have_been_lost()
    {
        Pair pair = Settled();
        ulong key = pair.Client.Connection.LastSentNumber + 1;
        int lostAcks = 0;
        pair.Passes = f => f.ToServer || ++lostAcks > 1;
        pair.Client.Set(pair.Now, "key");
        long millis = pair.MillisUntil(() => pair.Client.Connection.AckedByPeer >= key, 5000);
        Assert.InRange(millis, 250, 500);
        Assert.Equal(2, lostAcks);
    }

    [Fact]
    public void A_dead_path_sees_no_more_than_stock_would_send()
    {
        long ours = SentIntoSilence(() => new RoamTiming());
        long stock = SentIntoSilence(() => new StockTiming());
        Assert.InRange(ours, 1, stock);
    }

    [Fact]
    public void A_client_that_types_into_a_dead_path_sends_at_most_four_times_a_second()
    {
        Pair pair = Settled();
        pair.Up.IsDown = pair.Down.IsDown = true;
        pair.Client.Set(pair.Now, "first");
        pair.RunFor(1500);
        int before = pair.Client.Sent.Count;
        for (int i = 0; i < 100; i++)
        {
            pair.Client.Set(pair.Now, "first" + new string('k', i));
            pair.RunFor(50);
        }

        Assert.InRange(pair.Client.Sent.Count - before, 1, 20);
    }

    [Fact]
    public void Nothing_is_allocated_for_what_is_sent_and_received()
    {
        RoamTiming timing = new();
        RoundTrip path = new(true, 100_000, 10_000);
        Allocation.AssertNone(() =>
        {
            Instant now = new(10_000_000);
            for (int i = 0; i < 1000; i++)
            {
                now = now.PlusMillis(7);
                timing.TakeDatagram(now, (ulong)(i * 2), true, path);
                timing.TakeRoundTrip(now, 100 + (i % 9), path);
                timing.TakeSent(new SentInstruction { At = now, Reason = SendReason.NewState, Number = (ulong)i, DiffBytes = i, WireBytes = i + 100, IsNewContent = true, IsMinor = false }, path);
                timing.TakeAcknowledgement(new AckedState { At = now, Number = (ulong)i, FirstSentAt = now, HasContent = true, WireBytes = i, IsAll = true }, path);
                timing.Plan(new TimingInputs { Now = now, RoundTrip = path, FirstChange = now, LastChange = now, AckDue = Instant.Never, OldestUnacknowledgedAt = Instant.Never, PendingDiffBytes = i });
            }
        });
    }

    internal static Pair Settled(ulong seed = 1, Func<ITimingPolicy>? timing = null)
    {
        Pair pair = new(OneWayMillis, seed, timing ?? (() => new RoamTiming()));
        pair.Client.Set(pair.Now, "size");
        pair.RunFor(500);
        pair.Server.Set(pair.Now, "$ ");
        pair.RunFor(10_000);
        Assert.True(pair.Client.Connection.HasRoundTrip && pair.Server.Connection.HasRoundTrip);
        return pair;
    }

    private static void Type(Pair pair, int keys)
    {
        for (int i = 1; i <= keys; i++)
        {
            pair.Client.Set(pair.Now, new string('k', i));
            pair.RunFor(130);
            pair.Server.Set(pair.Now, new string('e', i));
            pair.RunFor(120);
        }
    }

    /// <summary>A key in 250 ms, each echoed at once.</summary>
    private static void Echo(Pair pair, int keys)
    {
        for (int i = 0; i < keys; i++)
        {
            string text = pair.Client.Local.Text + "k";
            pair.Client.Set(pair.Now, text);
            pair.RunFor(OneWayMillis);
            pair.Server.Set(pair.Now, text);
            pair.RunFor(250 - OneWayMillis);
        }
    }

    private static void TouchUntilSent(Pair pair, int before)
    {
        for (int i = 0; pair.Server.Sent.Count == before; i++)
        {
            pair.Server.Set(pair.Now, "piece " + i);
            pair.RunForMicros(250);
        }
    }

    private static long SentIntoSilence(Func<ITimingPolicy> timing)
    {
        Pair pair = Settled(timing: timing);
        pair.Up.IsDown = pair.Down.IsDown = true;
        int before = pair.Client.Sent.Count;
        pair.Client.Set(pair.Now, "anybody?");
        pair.RunFor(60_000);
        return pair.Client.Sent.Count - before;
    }
}
