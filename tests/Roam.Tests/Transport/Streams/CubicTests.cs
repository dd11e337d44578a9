using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>The window against the formulas of RFC 9438, computed here in floating point.</summary>
public sealed class CubicTests
{
    private const int Segment = 1280;
    private const long RoundTripMicros = 100_000;

    private Instant _now = new(1_000_000);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(26)]
    [InlineData(27)]
    [InlineData(999_999_999_999)]
    public void A_cube_root_is_the_whole_number_below(long value)
    {
        long root = Cubic.CubeRoot(value);
        Assert.True(root * root * root <= value);
        Assert.True((root + 1) * (root + 1) * (root + 1) > value);
    }

    [Fact]
    public void A_cut_leaves_seven_tenths_and_never_less_than_the_least()
    {
        Cubic cubic = new(Segment, 100 * Segment);
        cubic.Cut(2 * Segment);
        Assert.Equal(70 * Segment, cubic.WindowBytes);
        cubic.Begin(2 * Segment);
        cubic.Cut(2 * Segment);
        Assert.Equal(2 * Segment, cubic.WindowBytes);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(1000)]
    [InlineData(3000)]
    public void After_a_cut_the_window_follows_the_cubic_function_and_is_back_after_K(int segments)
    {
        Cubic cubic = new(Segment, (long)segments * Segment);
        cubic.Cut(2 * Segment);
        double start = segments * 0.7;
        double k = Math.Cbrt(segments * 0.3 / 0.4);
        Instant began = _now;
        while (_now.Micros - began.Micros < (long)(k * 1.5e6))
        {
            Round(cubic);
            double seconds = (_now.Micros - began.Micros) / 1e6;
            double expected = (0.4 * Math.Pow(seconds - k, 3)) + segments;
            double actual = cubic.WindowBytes / (double)Segment;
            Assert.InRange(actual, Math.Max(start, expected * 0.97) - 1, (expected * 1.03) + 1);
        }

        Assert.InRange(cubic.PlateauMillis, (k * 1000) - 2, (k * 1000) + 2);
    }

    [Fact]
    public void A_second_cut_below_the_first_window_gives_room_to_others()
    {
        Cubic cubic = new(Segment, 1000 * Segment);
        cubic.Cut(2 * Segment);
        cubic.Cut(2 * Segment);

        // Fast convergence, section 4.7: W_max is 0.85 of 700, so K is shorter than after a cut from 700.
        Round(cubic);
        double k = Math.Cbrt(((700 * 0.85) - 490) / 0.4) * 1000;
        Assert.InRange(cubic.PlateauMillis, k - 2, k + 2);
    }

    [Fact]
    public void A_small_window_on_a_short_path_grows_as_Reno_would()
    {
        Cubic cubic = new(Segment, 20 * Segment);
        cubic.Cut(2 * Segment);
        for (int i = 0; i < 10; i++)
        {
            cubic.TakeAcked(_now, cubic.WindowBytes, 1000);
            _now = _now.PlusMicros(1000);
        }

        // Section 4.3: 9 / 17 of a segment for each round, while below the window before the cut.
        Assert.InRange(cubic.WindowBytes / (double)Segment, 14 + (10 * 9 / 17.0) - 0.3, 14 + (10 * 9 / 17.0) + 0.3);
    }

    [Fact]
    public void A_window_of_which_nothing_is_known_grows_at_once_but_by_half_in_a_round_at_most()
    {
        Cubic cubic = new(Segment, 10 * Segment);
        for (int i = 0; i < 200; i++)
        {
            long before = cubic.WindowBytes;
            Round(cubic);
            Assert.InRange(cubic.WindowBytes, before, (before * 3 / 2) + 1);
        }

        double expected = (0.4 * 20 * 20 * 20) + 10;
        Assert.InRange(cubic.WindowBytes / (double)Segment, expected * 0.9, expected * 1.1);
    }

    [Fact]
    public void Time_in_which_nothing_was_sent_does_not_count()
    {
        Cubic busy = Cut();
        Cubic idle = Cut();
        Round(busy);
        _now = new Instant(1_000_000);
        Round(idle);
        idle.Skip(60_000_000);
        _now = _now.PlusMicros(60_000_000);
        Round(idle);
        long afterPause = idle.WindowBytes;
        _now = new Instant(1_000_000 + RoundTripMicros);
        Round(busy);
        Assert.Equal(busy.WindowBytes, afterPause);
    }

    private static Cubic Cut()
    {
        Cubic cubic = new(Segment, 1000 * Segment);
        cubic.Cut(2 * Segment);
        return cubic;
    }

    /// <summary>A whole window is acknowledged, in pieces, within one round trip.</summary>
    private void Round(Cubic cubic)
    {
        const int Pieces = 20;
        long window = cubic.WindowBytes;
        for (int i = 0; i < Pieces; i++)
        {
            // The function is of the time at which the growth will be in force: one round trip later.
            cubic.TakeAcked(_now, window / Pieces, RoundTripMicros / Pieces);
            _now = _now.PlusMicros(RoundTripMicros / Pieces);
        }
    }
}
