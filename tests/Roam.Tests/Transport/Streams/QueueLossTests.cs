using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Loss beside a long queue is congestion, loss at any time is the path's.</summary>
public sealed class QueueLossTests
{
    private const long Long = 20_000;
    private const long Short = 1000;

    private readonly QueueLoss _loss = new();
    private Instant _now = new(1_000_000);

    [Fact]
    public void One_lost_from_a_long_queue_on_a_path_that_loses_nothing_is_congestion()
    {
        Round(Short, 100, 0);
        Round(Long, 100, 0);
        Assert.True(Round(Long, 100, 1));
    }

    [Fact]
    public void Loss_beside_a_short_queue_is_the_paths_own()
    {
        Round(Long, 100, 0);
        Assert.False(Round(Short, 100, 3));
        Assert.InRange(_loss.OwnPerMille, 20, 40);
    }

    [Fact]
    public void As_much_beside_a_long_queue_is_no_congestion_and_much_more_is()
    {
        Round(Long, 100, 0);
        for (int i = 0; i < 20; i++)
        {
            Round(Short, 99, 1);
        }

        Assert.False(Round(Long, 99, 1));
        Assert.False(Round(Long, 98, 2));
        Assert.True(Round(Long, 90, 10));
    }

    [Fact]
    public void What_is_found_lost_in_the_round_after_a_cut_left_before_it()
    {
        Assert.False(Round(Long, 100, 0));
        Assert.True(Round(Long, 100, 5));
        Assert.False(Round(Long, 100, 5));
        Assert.True(Round(Long, 100, 5));
    }

    [Fact]
    public void On_a_path_without_any_queue_no_loss_is_congestion()
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.False(Round(Short, 90, 10));
        }
    }

    private bool Round(long queueMicros, int acked, int lost)
    {
        _loss.Take(_now, acked, lost, queueMicros);
        _now = _now.PlusMillis(40);
        return _loss.IsCongestion();
    }
}
