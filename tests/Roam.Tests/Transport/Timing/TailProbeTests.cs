using Roam.Transport;

namespace Roam.Tests.Transport.Timing;

public sealed class TailProbeTests
{
    private const long TimeoutMicros = 200_000;
    private const long HeldMicros = 100_000;
    private static readonly RoundTrip Path = new(true, 100_000, 2000);

    private readonly TailProbe _tail = new();

    [Fact]
    public void Before_any_round_trip_is_known_it_waits_for_a_quarter_of_a_second() =>
        Assert.Equal(250_000, _tail.AfterMicros(RoundTrip.Unknown, 1_000_000, HeldMicros, 0));

    [Fact]
    public void A_peer_that_is_not_known_yet_is_given_its_whole_delay() =>
        Assert.Equal(100_000 + 25_000 + 105_000, _tail.AfterMicros(Path, TimeoutMicros, HeldMicros, 0));

    [Fact]
    public void A_peer_that_answers_quickly_is_asked_again_soon()
    {
        TakeDelays(2, 2, 2);
        Assert.Equal(100_000 + 25_000 + 5000, _tail.AfterMicros(Path, TimeoutMicros, HeldMicros, 0));
    }

    [Fact]
    public void One_slow_answer_among_the_last_eight_gives_the_whole_delay_again()
    {
        TakeDelays(2, 70, 2, 2, 2, 2, 2, 2);
        Assert.Equal(230_000, _tail.AfterMicros(Path, TimeoutMicros, HeldMicros, 0));
        TakeDelays(2, 2);
        Assert.Equal(130_000, _tail.AfterMicros(Path, TimeoutMicros, HeldMicros, 0));
    }

    [Fact]
    public void A_varying_path_is_given_three_variances()
    {
        TakeDelays(0);
        Assert.Equal(100_000 + 90_000 + 3000, _tail.AfterMicros(new RoundTrip(true, 100_000, 30_000), TimeoutMicros, HeldMicros, 0));
    }

    [Fact]
    public void Each_probe_waits_half_as_long_again_the_first_four_no_longer_than_stock_and_none_beyond_two_seconds()
    {
        TakeDelays(0);
        long[] waits = [.. Enumerable.Range(0, 12).Select(probes => _tail.AfterMicros(Path, TimeoutMicros, HeldMicros, probes))];
        Assert.Equal([128_000, 192_000, 288_000, 300_000, 648_000], waits[..5]);
        Assert.All(waits, w => Assert.InRange(w, 0, 2_000_000));
        Assert.Equal(2_000_000, waits[^1]);
    }

    [Fact]
    public void A_lost_acknowledgement_is_no_habit()
    {
        TakeDelays(0, 400);
        Assert.Equal(128_000, _tail.AfterMicros(Path, TimeoutMicros, HeldMicros, 0));
    }

    private void TakeDelays(params int[] delaysMillis)
    {
        foreach (int delay in delaysMillis)
        {
            _tail.TakeDelay(Path.SrttMicros + (delay * 1000), Path);
        }
    }
}
