using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class RoundTripEstimatorTests
{
    private readonly RoundTripEstimator _estimator = new();

    [Fact]
    public void Before_any_sample_stock_s_guess_holds()
    {
        Assert.Equal(new RoundTrip(false, 1_000_000, 500_000), _estimator.Current);
    }

    [Fact]
    public void The_first_sample_is_taken_whole_and_the_next_are_smoothed()
    {
        _estimator.Add(100);
        Assert.Equal(new RoundTrip(true, 100_000, 50_000), _estimator.Current);
        _estimator.Add(180);
        Assert.Equal(new RoundTrip(true, 110_000, 57_500), _estimator.Current);
    }

    [Fact]
    public void A_sample_of_five_seconds_is_ignored()
    {
        Assert.False(_estimator.Add(5000));
        Assert.False(_estimator.Current.IsKnown);
        Assert.True(_estimator.Add(4999));
        Assert.Equal(4_999_000, _estimator.Current.SrttMicros);
    }

    [Fact]
    public void A_steady_path_is_learned()
    {
        for (int i = 0; i < 200; i++)
        {
            _estimator.Add(i == 0 ? 900 : 40);
        }

        Assert.InRange(_estimator.Current.SrttMicros, 40_000, 40_010);
        Assert.InRange(_estimator.Current.RttvarMicros, 0, 10);
    }
}
