using Roam.Transport;

namespace Roam.Tests.Transport.Timing;

public sealed class LargePaceTests
{
    private const int FrameBytes = 1500;
    private static readonly RoundTrip Path = new(true, 100_000, 2000);

    private readonly LargePace _pace = new();
    private readonly QueueEstimator _queue = new();
    private Instant _now = new(100_000_000);

    [Fact]
    public void A_burst_begins_at_half_a_round_trip() => Assert.Equal(50_000, Send(_queue));

    [Fact]
    public void Nothing_known_of_the_path_is_stocks_quarter_of_a_second()
    {
        _pace.TakeSent(_now, FrameBytes, RoundTrip.Unknown, _queue);
        Assert.Equal(250_000, _pace.IntervalMicros(_now, RoundTrip.Unknown, _queue));
    }

    [Fact]
    public void Without_a_queue_it_comes_down_to_20_milliseconds_step_by_step()
    {
        Sample(100, isClean: true);
        List<long> intervals = [];
        for (int i = 0; i < 20; i++)
        {
            intervals.Add(Send(_queue));
            Sample(100, isClean: false);
            _pace.TakeAcknowledged(_now, FrameBytes);
        }

        Assert.Equal(50_000, intervals[0]);
        Assert.Equal(LargePace.FloorMicros, intervals[^1]);

        // One step of 15 % when a frame leaves, and one for the frame after it.
        Assert.All(intervals.Zip(intervals.Skip(1)), p => Assert.True(p.Second >= p.First * 85 / 100 * 85 / 100));
    }

    [Fact]
    public void A_queue_slows_it_down_by_what_the_queue_holds()
    {
        Sample(100, isClean: true);
        Send(_queue);
        Sample(500, isClean: false);
        Assert.Equal((399_000 - 4000) * 115 / 100, _pace.IntervalMicros(_now, Path, _queue));
    }

    [Fact]
    public void It_never_waits_longer_than_a_second_and_a_half()
    {
        Sample(100, isClean: true);
        Send(_queue);
        Sample(4900, isClean: false);
        Assert.Equal(LargePace.CeilingMicros, _pace.IntervalMicros(_now, Path, _queue));
    }

    [Fact]
    public void Where_frames_are_acknowledged_slowly_it_does_not_go_faster_than_they_are()
    {
        Sample(100, isClean: true);
        for (int i = 0; i < 30; i++)
        {
            Send(_queue);
            Sample(100, isClean: false);
            _now = _now.PlusMillis(60);
            _pace.TakeAcknowledged(_now, FrameBytes / 2);
        }

        Assert.InRange(_pace.IntervalMicros(_now, Path, _queue), 45_000, 50_000);
    }

    private long Send(QueueEstimator queue)
    {
        _pace.TakeSent(_now, FrameBytes, Path, queue);
        long interval = _pace.IntervalMicros(_now, Path, queue);
        _now = _now.PlusMicros(interval);
        return interval;
    }

    private void Sample(long millis, bool isClean)
    {
        _queue.TakeSample(_now, millis * 1000, isClean);
        _pace.TakeRoundTrip();
    }
}
