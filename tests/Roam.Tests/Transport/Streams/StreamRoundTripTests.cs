using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class StreamRoundTripTests
{
    private readonly StreamRoundTrip _roundTrip = new();

    [Fact]
    public void A_queue_of_seconds_that_is_gone_is_forgotten_after_three_samples()
    {
        AddMillis(50, 15_000);
        AddMillis(2, 40);
        Assert.InRange(_roundTrip.SmoothedMicros, 10_000_000, 15_000_000);
        AddMillis(1, 40);
        Assert.Equal(40_000, _roundTrip.SmoothedMicros);
    }

    [Fact]
    public void Single_quick_answers_among_slow_ones_are_smoothed_as_all_others_are()
    {
        for (int i = 0; i < 50; i++)
        {
            AddMillis(4, 1000);
            AddMillis(2, 40);
        }

        Assert.InRange(_roundTrip.SmoothedMicros, 500_000, 1_000_000);
    }

    private void AddMillis(int count, int millis)
    {
        for (int i = 0; i < count; i++)
        {
            _roundTrip.Add(millis * 1000L);
        }
    }
}
