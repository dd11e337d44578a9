using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class PeerCandidatesTests
{
    private static readonly PeerAddress A = Pair.AddressOf(1);
    private static readonly PeerAddress B = Pair.AddressOf(2, isIPv6: true);
    private static readonly PeerAddress C = Pair.AddressOf(3);
    private static readonly Instant Start = new(5_000_000);
    private static readonly RoundTrip Near = new(true, 50_000, 10_000);

    [Fact]
    public void At_first_contact_the_others_are_tried_a_tenth_of_a_second_apart_then_at_growing_pauses()
    {
        PeerCandidates candidates = new(Start, [A, B, C]);
        Assert.Equal(A, candidates.Current);
        List<(long Millis, PeerAddress To)> tries = TriesUntil(candidates, Start.PlusMillis(15_000));
        Assert.Equal([(100, B), (200, C), (300, A), (1300, B), (3300, C), (6300, A), (9300, B), (12_300, C)], tries);
    }

    [Fact]
    public void The_first_that_answers_stays_and_a_later_answer_of_another_changes_nothing()
    {
        PeerCandidates candidates = new(Start, [A, B, C]);
        candidates.TakeTry(Start.PlusMillis(250));
        candidates.TakeTry(Start.PlusMillis(500));
        Assert.True(candidates.Heard(Start.PlusMillis(520), B));
        Assert.Equal(B, candidates.Current);
        Assert.False(candidates.Heard(Start.PlusMillis(530), C));
        Assert.False(candidates.Heard(Start.PlusMillis(540), A));
        Assert.Equal(B, candidates.Current);
    }

    [Fact]
    public void While_the_current_one_answers_nothing_goes_to_the_others()
    {
        PeerCandidates candidates = Settled(A, B);
        Instant now = Start;
        for (int i = 0; i < 10_000; i++)
        {
            candidates.Asked(now, Near);
            now = now.PlusMillis(999);
            Assert.True(candidates.NextTry > now);
            candidates.Heard(now, A);
        }

        // Nothing asked, one of two regular acknowledgements lost.
        Assert.True(candidates.NextTry > now.PlusMillis(6500));
    }

    [Theory]
    [InlineData(50, 1000)]
    [InlineData(800, 2400)]
    public void Data_without_an_answer_for_a_second_or_three_round_trips_starts_the_search(int roundTripMillis, long silenceMillis)
    {
        PeerCandidates candidates = Settled(A, B);
        RoundTrip roundTrip = new(true, roundTripMillis * 1000, 0);
        candidates.Asked(Start.PlusMillis(100), roundTrip);
        candidates.Asked(Start.PlusMillis(600), roundTrip);
        Assert.Equal(Start.PlusMillis(100 + silenceMillis), candidates.NextTry);
        Assert.Equal(B, candidates.TakeTry(candidates.NextTry));
        Assert.True(candidates.Heard(Start.PlusMillis(3000), B));
        Assert.Equal(Start.PlusMillis(3000 + PeerCandidates.IdleMillis), candidates.NextTry);
    }

    [Fact]
    public void After_a_change_of_network_the_current_one_has_its_chance_first()
    {
        PeerCandidates candidates = Settled(A, B);
        Instant change = Start.PlusMillis(6900);
        candidates.NetworkChanged(change);
        Assert.Equal(change.PlusMillis(PeerCandidates.ChangedMillis), candidates.NextTry);
        candidates.Asked(change, Near);
        Assert.Equal(change.PlusMillis(1000), candidates.NextTry);
    }

    [Fact]
    public void An_address_that_the_system_cannot_reach_starts_the_search_at_once_and_not_faster_than_any_other()
    {
        PeerCandidates candidates = Settled(A, B);
        candidates.Unreachable(Start.PlusMillis(5));
        Assert.Equal(Start.PlusMillis(5), candidates.NextTry);
        candidates.TakeTry(Start.PlusMillis(5));
        for (int i = 0; i < 100; i++)
        {
            candidates.Unreachable(Start.PlusMillis(6));
        }

        Assert.True(candidates.NextTry >= Start.PlusMillis(255));
    }

    [Fact]
    public void A_dead_network_sees_one_try_in_three_seconds()
    {
        PeerCandidates candidates = Settled(A, B, C);
        Assert.InRange(TriesUntil(candidates, Start.PlusMillis(3_600_000)).Count, 1190, 1210);
    }

    [Fact]
    public void An_answer_from_an_address_that_was_not_given_counts_for_its_family()
    {
        PeerCandidates candidates = Settled(A, B);
        candidates.TakeTry(candidates.NextTry);
        Assert.True(candidates.Heard(Start.PlusMillis(9000), Pair.AddressOf(77, isIPv6: true)));
        Assert.Equal(B, candidates.Current);
        candidates.TakeTry(candidates.NextTry);
        Assert.False(candidates.Heard(Start.PlusMillis(20_000), Pair.AddressOf(78, isIPv6: true)));
    }

    [Fact]
    public void A_single_address_is_never_tried_again()
    {
        PeerCandidates candidates = Settled(A);
        candidates.Asked(Start, Near);
        candidates.Unreachable(Start);
        candidates.NetworkChanged(Start);
        Assert.Equal(Instant.Never, candidates.NextTry);
    }

    private static PeerCandidates Settled(params PeerAddress[] addresses)
    {
        PeerCandidates candidates = new(Start, addresses);
        candidates.Heard(Start, addresses[0]);
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
