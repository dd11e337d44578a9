namespace Roam.Transport;

/// <summary>
/// When it looks as if another filled the queue: the path carries less of ours than it did a moment ago, and still something waits; or it stays too long whatever we give up. It is only a
/// reason to look closer (<see cref="QueueDip"/>): a radio link that became slower looks the same.
/// </summary>
internal sealed class Suspicion
{
    /// <summary>Less than this part of the rate that was seen before.</summary>
    private const long RatePercent = 75;

    /// <summary>Something waits.</summary>
    private const long QueueMicrosMin = 3000;

    /// <summary>Rounds in a row with less, or with too long a queue.</summary>
    private const int RoundsLess = 3;
    private const int RoundsQueued = 4;

    /// <summary>With the least window for so long there is nothing left to give up.</summary>
    private const int RoundsLeast = 5;
    private const long MillisLeast = 500;

    private readonly RecentMax _rate = new();
    private long _bytes;
    private Instant _roundBegan = Instant.Never;
    private int _less;
    private int _queued;
    private int _least;
    private Instant _leastSince;

    /// <summary>What the path carried at best in the last seconds.</summary>
    internal long RateBytesPerSecond => _rate.Value;

    internal bool IsDue => _less >= RoundsLess || _queued >= RoundsQueued;

    /// <summary>The queue is not ours, as we have none.</summary>
    internal bool IsSure { get; private set; }

    internal void TakeAcked(long bytes) => _bytes += bytes;

    /// <summary>A round is over in which the window was filled, or not.</summary>
    internal void EndRound(Instant now, bool wasFull, bool isLeast, long queueMicros, long targetMicros)
    {
        long micros = _roundBegan == Instant.Never ? 0 : now.Micros - _roundBegan.Micros;
        long rate = micros <= 0 ? 0 : _bytes * 1_000_000 / micros;
        (_bytes, _roundBegan) = (0, now);
        if (rate == 0)
        {
            return;
        }

        _rate.Add(now, rate);
        _less = wasFull && queueMicros >= QueueMicrosMin && rate * 100 < _rate.Value * RatePercent ? _less + 1 : 0;
        _queued = queueMicros > targetMicros * 3 / 2 ? _queued + 1 : 0;
        _least = isLeast && queueMicros > targetMicros ? _least + 1 : 0;
        if (_least == 1)
        {
            _leastSince = now;
        }

        IsSure = _least >= RoundsLeast && now.MillisSince(_leastSince) >= MillisLeast;
    }

    /// <summary>It was ours: what the path carries now is all that it can.</summary>
    internal void Clear()
    {
        _less = _queued = _least = 0;
        IsSure = false;
        _rate.Reset();
    }

    internal void Reset()
    {
        Clear();
        _bytes = 0;
        _roundBegan = Instant.Never;
    }
}
