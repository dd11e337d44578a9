namespace Roam.Transport;

/// <summary>
/// How long datagrams wait in a queue on the path: round-trip samples over the least one seen while the path was empty (timing.md section 2; RFC 6817 has the same idea).
/// The empty path's time must not be learned while our own large frames fill it (pitfall 6), and it is forgotten after some time, since routes change without a word.
/// </summary>
internal sealed class QueueEstimator
{
    private const int SamplesMax = 4;
    private const long SampleAgeMaxMicros = 1_000_000;

    /// <summary>A timestamp counts whole milliseconds: one of them may be rounding.</summary>
    private const long RoundingMicros = 1000;

    /// <summary>The least of the last one to two periods counts.</summary>
    private const long PeriodMicros = 15_000_000;

    private readonly (Instant At, long Micros)[] _queue = new (Instant, long)[SamplesMax];
    private int _count;
    private long _least = long.MaxValue;
    private long _leastBefore = long.MaxValue;
    private long _leastOfAll = long.MaxValue;
    private Instant _periodEnds = Instant.Zero;

    /// <summary>A sample of the empty path was seen.</summary>
    internal bool IsKnown => Math.Min(_least, _leastBefore) != long.MaxValue;

    /// <summary>
    /// The round trip of the empty path; before any sample of it, the least of all: that may hold the time that our own frames take, so a wait beyond it is a queue for sure, but no wait
    /// does not mean that there is none.
    /// </summary>
    internal long EmptyMicros => IsKnown ? Math.Min(_least, _leastBefore) : _leastOfAll;

    internal void TakeSample(Instant now, long sampleMicros, bool isClean)
    {
        if (isClean)
        {
            if (now >= _periodEnds)
            {
                (_leastBefore, _least) = (_least, long.MaxValue);
                _periodEnds = now.PlusMicros(PeriodMicros);
            }

            _least = Math.Min(_least, sampleMicros);
        }

        _leastOfAll = Math.Min(_leastOfAll, sampleMicros);
        Array.Copy(_queue, 0, _queue, 1, SamplesMax - 1);
        _queue[0] = (now, Math.Max(0, sampleMicros - EmptyMicros - RoundingMicros));
        _count = Math.Min(_count + 1, SamplesMax);
    }

    /// <summary>The longest wait among the last four samples, those older than a second left out but for the newest.</summary>
    internal long WaitMicros(Instant now)
    {
        long longest = _count == 0 ? 0 : _queue[0].Micros;
        for (int i = 1; i < _count && now.Micros - _queue[i].At.Micros <= SampleAgeMaxMicros; i++)
        {
            longest = Math.Max(longest, _queue[i].Micros);
        }

        return longest;
    }

    /// <summary>Another path: nothing is known of it.</summary>
    internal void Reset()
    {
        _count = 0;
        _least = _leastBefore = _leastOfAll = long.MaxValue;
    }
}
