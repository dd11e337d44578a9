using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>When a look at the queue is worth its cost.</summary>
public sealed class SuspicionTests
{
    private const long Target = 20_000;

    private readonly Suspicion _suspicion = new();
    private Instant _now = new(1_000_000);

    [Fact]
    public void A_full_path_with_a_queue_at_its_target_is_not_suspicious()
    {
        Rounds(100, 100_000, Target);
        Assert.False(_suspicion.IsDue);
    }

    [Fact]
    public void Three_rounds_of_half_the_rate_with_something_waiting_are()
    {
        Rounds(5, 100_000, Target);
        Rounds(2, 50_000, Target);
        Assert.False(_suspicion.IsDue);
        Rounds(1, 50_000, Target);
        Assert.True(_suspicion.IsDue);
        Assert.InRange(_suspicion.RateBytesPerSecond, 900_000, 1_100_000);
    }

    [Fact]
    public void Half_the_rate_without_a_queue_or_without_a_full_window_is_only_less_to_send()
    {
        Rounds(5, 100_000, Target);
        Rounds(10, 50_000, 0);
        Assert.False(_suspicion.IsDue);
        Rounds(10, 50_000, Target, wasFull: false);
        Assert.False(_suspicion.IsDue);
    }

    [Fact]
    public void A_queue_that_stays_too_long_for_four_rounds_is()
    {
        Rounds(1, 100_000, Target);
        Rounds(3, 100_000, 2 * Target);
        Assert.False(_suspicion.IsDue);
        Rounds(1, 100_000, 2 * Target);
        Assert.True(_suspicion.IsDue);
    }

    [Fact]
    public void With_the_least_window_for_half_a_second_and_a_queue_it_is_sure()
    {
        Rounds(1, 100_000, Target);
        Rounds(5, 2000, 2 * Target, isLeast: true);
        Assert.False(_suspicion.IsSure);
        Rounds(2, 2000, 2 * Target, isLeast: true);
        Assert.True(_suspicion.IsSure);
    }

    [Fact]
    public void Cleared_it_takes_what_comes_now_for_all_that_the_path_can()
    {
        Rounds(5, 100_000, Target);
        Rounds(3, 50_000, Target);
        _suspicion.Clear();
        Rounds(10, 50_000, Target);
        Assert.False(_suspicion.IsDue);
    }

    private void Rounds(int count, long bytes, long queueMicros, bool wasFull = true, bool isLeast = false)
    {
        for (int i = 0; i < count; i++)
        {
            _suspicion.TakeAcked(bytes);
            _now = _now.PlusMillis(100);
            _suspicion.EndRound(_now, wasFull, isLeast, queueMicros, Target);
        }
    }
}
