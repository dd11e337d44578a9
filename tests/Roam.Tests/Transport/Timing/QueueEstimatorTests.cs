using Roam.Transport;

namespace Roam.Tests.Transport.Timing;

public sealed class QueueEstimatorTests
{
    private readonly QueueEstimator _queue = new();
    private Instant _now = new(100_000_000);

    [Fact]
    public void What_a_sample_has_beyond_the_empty_paths_round_trip_is_the_wait()
    {
        Take(100, isClean: true);
        Take(180, isClean: false);
        Assert.Equal(79_000, _queue.WaitMicros(_now));
    }

    [Fact]
    public void The_longest_of_the_last_four_counts()
    {
        Take(100, isClean: true);
        Take(180, isClean: false);
        for (int i = 0; i < 3; i++)
        {
            Take(101, isClean: false);
        }

        Assert.Equal(79_000, _queue.WaitMicros(_now));
        Take(101, isClean: false);
        Assert.Equal(0, _queue.WaitMicros(_now));
    }

    [Fact]
    public void A_wait_of_more_than_a_second_ago_is_forgotten_but_for_the_newest()
    {
        Take(100, isClean: true);
        Take(180, isClean: false);
        _now = _now.PlusMillis(2000);
        Assert.Equal(79_000, _queue.WaitMicros(_now));
        Take(100, isClean: false);
        Assert.Equal(0, _queue.WaitMicros(_now));
    }

    [Fact]
    public void Before_a_clean_sample_the_least_of_all_shows_a_queue_that_grows()
    {
        Take(300, isClean: false);
        Assert.False(_queue.IsKnown);
        Assert.Equal(0, _queue.WaitMicros(_now));
        Take(500, isClean: false);
        Assert.Equal(199_000, _queue.WaitMicros(_now));
    }

    [Fact]
    public void A_longer_route_is_the_empty_path_after_a_while()
    {
        Take(50, isClean: true);
        for (int i = 0; i < 40; i++)
        {
            _now = _now.PlusMillis(1000);
            Take(120, isClean: true);
        }

        Assert.Equal(120_000, _queue.EmptyMicros);
        Assert.Equal(0, _queue.WaitMicros(_now));
    }

    [Fact]
    public void The_empty_path_is_not_forgotten_while_no_sample_is_clean()
    {
        Take(50, isClean: true);
        for (int i = 0; i < 600; i++)
        {
            _now = _now.PlusMillis(100);
            Take(120, isClean: false);
        }

        Assert.Equal(50_000, _queue.EmptyMicros);
    }

    [Fact]
    public void Another_path_begins_with_nothing_known()
    {
        Take(50, isClean: true);
        Take(120, isClean: false);
        _queue.Reset();
        Assert.False(_queue.IsKnown);
        Assert.Equal(0, _queue.WaitMicros(_now));
    }

    private void Take(long millis, bool isClean) => _queue.TakeSample(_now, millis * 1000, isClean);
}
