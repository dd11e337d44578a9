using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>When the way through ssh is wanted, tried, and given up.</summary>
public sealed class CarriedPlaceTests
{
    private static readonly PeerAddress A = Pair.AddressOf(1);
    private static readonly PeerAddress B = Pair.AddressOf(2, isIPv6: true);
    private static readonly PeerAddress Ssh = PeerAddress.Carried(1);
    private static readonly Instant Start = new(5_000_000);
    private static readonly RoundTrip Near = new(true, 50_000, 10_000);
    private static readonly RoundTrip Far = new(true, 800_000, 10_000);

    [Fact]
    public void At_the_start_it_is_tried_after_two_seconds_without_an_answer_and_not_before()
    {
        PeerCandidates candidates = New(A, B);
        candidates.CarrierReady(Start, Ssh);
        List<(long Millis, PeerAddress To)> tries = TriesUntil(candidates, Start.PlusMillis(3500));
        Assert.Equal((2000, Ssh), tries.First(t => t.To.IsCarried));
        Assert.Contains(tries, t => t == (3000, Ssh));
        Assert.Equal(A, candidates.Current);
        Assert.True(candidates.Heard(Start.PlusMillis(3600), Ssh));
        Assert.Equal(Ssh, candidates.Current);
        Assert.False(candidates.TakeWantsCarrier());
    }

    [Fact]
    public void An_answer_by_udp_in_time_makes_it_unneeded()
    {
        PeerCandidates candidates = New(A);
        candidates.CarrierReady(Start, Ssh);
        candidates.Heard(Start.PlusMillis(50), A);
        Assert.False(candidates.TakeUnneeded());
        Instant proven = Start.PlusMillis(50 + CarriedPlace.ProvenMillis);
        Assert.Equal(proven, candidates.NextTry);
        Assert.True(candidates.TakeTry(proven).IsNone);
        Assert.True(candidates.TakeUnneeded());
    }

    [Theory]
    [InlineData(50, 2000)]
    [InlineData(800, 3400)]
    public void What_was_asked_and_not_answered_makes_it_wanted(int roundTripMillis, long silenceMillis)
    {
        PeerCandidates candidates = New(A);
        candidates.Heard(Start, A);
        candidates.Asked(Start.PlusMillis(100), roundTripMillis == 50 ? Near : Far);
        Instant due = Start.PlusMillis(100 + silenceMillis);
        Assert.Equal(due, candidates.NextTry);
        Assert.True(candidates.TakeTry(due).IsNone);
        Assert.True(candidates.TakeWantsCarrier());

        // Once in each silence.
        Assert.Equal(Instant.Never, candidates.NextTry);
        Assert.False(candidates.TakeWantsCarrier());

        // And used the moment it is there.
        candidates.CarrierReady(due.PlusMillis(400), Ssh);
        Assert.Equal(due.PlusMillis(400), candidates.NextTry);
        Assert.Equal(Ssh, candidates.TakeTry(due.PlusMillis(400)));
    }

    [Fact]
    public void A_server_that_speaks_and_does_not_hear_us_is_no_answer()
    {
        PeerCandidates candidates = New(A);
        candidates.Heard(Start, A);
        candidates.Asked(Start, Near);
        candidates.Heard(Start.PlusMillis(1500), A, isAnswer: false);
        Assert.True(candidates.TakeTry(Start.PlusMillis(2000)).IsNone);
        Assert.True(candidates.TakeWantsCarrier());
        candidates.Heard(Start.PlusMillis(2500), A, isAnswer: false);
        candidates.CarrierReady(Start.PlusMillis(2600), Ssh);
        Assert.Equal(Ssh, candidates.TakeTry(Start.PlusMillis(2600)));

        // Nor is the acknowledgement of what arrived before; of what was asked it is one, and ends the search.
        candidates.Acknowledged(Start.PlusMillis(2700), Start.PlusMillis(-100));
        Assert.True(candidates.NextTry < Start.PlusMillis(5000));
        candidates.Acknowledged(Start.PlusMillis(2700), Start.PlusMillis(100));
        Assert.True(candidates.NextTry > Start.PlusMillis(5000));
    }

    [Fact]
    public void Udp_that_answers_while_ssh_logs_in_calls_it_off()
    {
        PeerCandidates candidates = New(A);
        candidates.Heard(Start, A);
        candidates.Asked(Start, Near);
        candidates.TakeTry(Start.PlusMillis(2000));
        Assert.True(candidates.TakeWantsCarrier());
        candidates.Heard(Start.PlusMillis(2100), A);
        Assert.True(candidates.TakeTry(Start.PlusMillis(2100 + CarriedPlace.ProvenMillis)).IsNone);
        Assert.True(candidates.TakeUnneeded());
    }

    [Fact]
    public void While_it_is_used_udp_is_asked_at_growing_pauses()
    {
        PeerCandidates candidates = Carried(A, B);
        List<long> rounds = [];
        Instant began = Start.PlusMillis(2100);
        while (candidates.NextChallenge <= began.PlusMillis(100_000))
        {
            Instant now = candidates.NextChallenge;
            rounds.Add(now.MillisSince(began));
            candidates.BeginChallenges(now);
            Assert.Equal(A, candidates.TakeChallenge(out ulong one));
            Assert.Equal(B, candidates.TakeChallenge(out ulong two));
            Assert.NotEqual(one, two);
            Assert.False(candidates.HasChallenges);
        }

        Assert.Equal([1000, 2000, 4000, 8000, 16_000, 32_000, 62_000, 92_000], rounds);
    }

    [Fact]
    public void An_answered_challenge_makes_that_address_the_current_one()
    {
        PeerCandidates candidates = Carried(A, B);
        Instant now = candidates.NextChallenge;
        candidates.BeginChallenges(now);
        candidates.TakeChallenge(out ulong one);
        candidates.TakeChallenge(out ulong two);
        Assert.False(candidates.Validated(now, one ^ two));
        Assert.True(candidates.Validated(now, two));
        Assert.Equal(B, candidates.Current);
        Assert.False(candidates.Validated(now, one));
        Assert.Equal(Instant.Never, candidates.NextChallenge);
    }

    [Fact]
    public void Udp_that_fails_again_soon_after_it_came_back_is_asked_later_each_time()
    {
        PeerCandidates candidates = Carried(A);
        Instant now = Start.PlusMillis(2100);
        List<long> pauses = [];
        for (int i = 0; i < 7; i++)
        {
            pauses.Add(candidates.NextChallenge.MillisSince(now));
            now = candidates.NextChallenge;
            candidates.BeginChallenges(now);
            candidates.TakeChallenge(out ulong token);
            Assert.True(candidates.Validated(now, token));
            now = now.PlusMillis(1000);
            candidates.Asked(now, Near);
            now = now.PlusMillis(2000);
            Assert.Contains(Ssh, Enumerable.Range(0, 2).Select(_ => candidates.TakeTry(now)));
            Assert.True(candidates.Heard(now, Ssh));
        }

        Assert.Equal([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000], pauses);
    }

    [Fact]
    public void A_change_of_network_asks_udp_at_once()
    {
        PeerCandidates candidates = Carried(A);
        Instant now = candidates.NextChallenge.PlusMillis(-300);
        candidates.NetworkChanged(now);
        Assert.Equal(now, candidates.NextChallenge);
    }

    [Fact]
    public void When_it_breaks_udp_is_the_current_one_and_the_next_is_used_at_once()
    {
        PeerCandidates candidates = Carried(A);
        Instant now = Start.PlusMillis(9000);
        Assert.True(candidates.CarrierLost(now));
        Assert.Equal(A, candidates.Current);
        Assert.True(candidates.TakeWantsCarrier());
        candidates.CarrierReady(now.PlusMillis(700), PeerAddress.Carried(2));
        Assert.Equal(now.PlusMillis(700), candidates.NextTry);
        Assert.Equal(PeerAddress.Carried(2), candidates.TakeTry(now.PlusMillis(700)));
        Assert.True(candidates.Heard(now.PlusMillis(800), PeerAddress.Carried(2)));
    }

    [Fact]
    public void As_the_only_way_it_is_wanted_from_the_start_and_nothing_else_is_tried()
    {
        PeerCandidates candidates = new(Start, [A], CarrierUse.Only, new SeededRandom(1));
        Assert.True(candidates.TakeWantsCarrier());
        Assert.True(candidates.Current.IsNone);
        Assert.True(candidates.CarrierReady(Start, Ssh));
        Assert.Equal(Ssh, candidates.Current);
        candidates.Asked(Start, Near);
        Assert.DoesNotContain(TriesUntil(candidates, Start.PlusMillis(100_000)), t => !t.To.IsNone);
        Assert.False(candidates.Add(Start, B));
        Assert.True(candidates.CarrierLost(Start));
        Assert.True(candidates.TakeWantsCarrier());
    }

    [Fact]
    public void An_address_that_is_found_later_is_tried_next()
    {
        PeerCandidates candidates = New(A);
        Assert.True(candidates.Add(Start.PlusMillis(700), B));
        Assert.Equal(Start.PlusMillis(700), candidates.NextTry);
        Assert.Equal(B, candidates.TakeTry(Start.PlusMillis(700)));
        Assert.True(candidates.Heard(Start.PlusMillis(800), B));
        Assert.False(candidates.Add(Start.PlusMillis(900), B));
    }

    private static PeerCandidates New(params PeerAddress[] addresses) => new(Start, addresses, CarrierUse.Fallback, new SeededRandom(1));

    /// <summary>2.1 s after the start the way through ssh was used.</summary>
    private static PeerCandidates Carried(params PeerAddress[] addresses)
    {
        PeerCandidates candidates = New(addresses);
        candidates.MayChallenge = true;
        candidates.CarrierReady(Start, Ssh);
        while (candidates.TakeTry(candidates.NextTry) != Ssh)
        {
        }

        Assert.True(candidates.Heard(Start.PlusMillis(2100), Ssh));
        return candidates;
    }

    private static List<(long Millis, PeerAddress To)> TriesUntil(PeerCandidates candidates, Instant end)
    {
        List<(long, PeerAddress)> tries = [];
        while (candidates.NextTry <= end)
        {
            Instant now = candidates.NextTry;
            tries.Add((now.MillisSince(Start), candidates.TakeTry(now)));
        }

        return tries;
    }
}
