namespace Roam.Transport;

/// <summary>
/// The time between large frames (timing.md section 2). A burst begins at stock's pace, half a round trip. Where the samples show that the path does not queue it goes faster,
/// down to 20 ms; where they show a queue, slower, as far as the queue and the acknowledged rate ask for: speed must not become a queue.
/// </summary>
internal sealed class LargePace
{
    internal const long FloorMicros = 20_000;
    internal const long CeilingMicros = 1_500_000;

    /// <summary>Before any round trip is known: stock's.</summary>
    private const long UnknownMicros = 250_000;

    /// <summary>Silence of large frames for longer than this and a round trip ends a burst.</summary>
    private const long BurstGapMicros = 200_000;
    private const int SamplesForFast = 3;

    /// <summary>In percent: of the queue's wait on a fast path, on a narrow one; of the time that the last frame takes at the acknowledged rate; least decrease from one frame to the next.</summary>
    private const long FastPercent = 150;
    private const long NarrowPercent = 115;
    private const long GuardPercent = 80;
    private const long DecreasePercent = 85;

    private const int RatesMax = 5;
    private const long RateTimeMinMicros = 50_000;

    /// <summary>Acknowledged bytes a second, of the last stretches of 50 ms or more.</summary>
    private readonly long[] _rates = new long[RatesMax];
    private int _rateCount;
    private long _ackedBytes;
    private Instant _rateSince = Instant.Never;
    private int _samplesInBurst;
    private int _lastBytes;
    private long _lastInterval;

    internal Instant LastSent { get; private set; } = new(long.MinValue / 2);

    internal Instant BurstBegan { get; private set; } = new(long.MinValue / 2);

    internal void TakeSent(Instant now, int wireBytes, in RoundTrip roundTrip, QueueEstimator queue)
    {
        if (now.Micros - LastSent.Micros > roundTrip.SrttMicros + BurstGapMicros)
        {
            BurstBegan = now;
            _rateSince = Instant.Never;
            _samplesInBurst = 0;
            _lastInterval = HalfRoundTrip(roundTrip);
        }
        else
        {
            _lastInterval = IntervalMicros(now, roundTrip, queue);
        }

        (LastSent, _lastBytes) = (now, wireBytes);
    }

    internal void TakeRoundTrip() => _samplesInBurst++;

    internal void TakeAcknowledged(Instant now, int wireBytes)
    {
        if (_rateSince == Instant.Never)
        {
            (_rateSince, _ackedBytes) = (now, 0);
            return;
        }

        _ackedBytes += wireBytes;
        long elapsed = now.Micros - _rateSince.Micros;
        if (elapsed >= RateTimeMinMicros)
        {
            Array.Copy(_rates, 0, _rates, 1, RatesMax - 1);
            _rates[0] = _ackedBytes * 1_000_000 / elapsed;
            _rateCount = Math.Min(_rateCount + 1, RatesMax);
            (_ackedBytes, _rateSince) = (0, now);
        }
    }

    internal long IntervalMicros(Instant now, in RoundTrip roundTrip, QueueEstimator queue)
    {
        long half = HalfRoundTrip(roundTrip);
        long wait = queue.WaitMicros(now);
        bool isFast = queue.IsKnown && _samplesInBurst >= SamplesForFast && wait * FastPercent / 100 <= half / 2;
        long interval = isFast
            ? wait * FastPercent / 100
            : Math.Max(half, (wait - (2 * roundTrip.RttvarMicros)) * NarrowPercent / 100);

        interval = Math.Max(interval, Math.Min(half, GuardMicros()));
        interval = Math.Max(interval, _lastInterval * DecreasePercent / 100);
        return Math.Clamp(interval, FloorMicros, CeilingMicros);
    }

    internal void Reset() => _rateCount = 0;

    private long GuardMicros()
    {
        long best = 0;
        for (int i = 0; i < _rateCount; i++)
        {
            best = Math.Max(best, _rates[i]);
        }

        return best == 0 ? 0 : _lastBytes * 1_000_000L / best * GuardPercent / 100;
    }

    /// <summary>Stock's send interval, without its ceiling of 250 ms, which overloads a link that a frame takes longer to cross (pitfall 8).</summary>
    private static long HalfRoundTrip(in RoundTrip roundTrip) =>
        roundTrip.IsKnown ? Math.Clamp(roundTrip.SrttMicros / 2, FloorMicros, CeilingMicros) : UnknownMicros;
}
