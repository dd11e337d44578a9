namespace Roam.Transport;

/// <summary>
/// Tells a full queue's loss from the loss that a path has anyway, by when it comes: a queue loses when it is long, a bad path at any time. So loss beside a short queue is the path's own rate,
/// and what exceeds it beside a long queue is congestion.
/// </summary>
internal sealed class QueueLoss
{
    /// <summary>A wait below this is no queue worth the name.</summary>
    private const long QueueMicrosMin = 2000;

    /// <summary>The rate is of the last so many datagrams, about.</summary>
    private const int CalmDatagramsMax = 4000;

    private readonly RecentMax _longest = new();
    private long _calm;
    private long _calmLost;
    private int _pressed;
    private int _pressedLost;
    private bool _isSettling;

    /// <summary>The path's own loss.</summary>
    internal long OwnPerMille => _calm == 0 ? 0 : _calmLost * 1000 / _calm;

    /// <summary>The queue at its longest in the last seconds.</summary>
    internal long LongestMicros => _longest.Value;

    internal void Take(Instant now, int acked, int lost, long queueMicros)
    {
        _longest.Add(now, queueMicros);
        if (queueMicros >= QueueMicrosMin && queueMicros * 2 > _longest.Value)
        {
            _pressed += acked + lost;
            _pressedLost += lost;
            return;
        }

        _calm += acked + lost;
        _calmLost += lost;
        if (_calm > CalmDatagramsMax)
        {
            (_calm, _calmLost) = (_calm / 2, _calmLost / 2);
        }
    }

    /// <summary>Asked once in a round trip.</summary>
    internal bool IsCongestion()
    {
        // Expected, in hundredths; and twice the standard deviation of a rare event: the root of what is expected.
        long expected = _calm == 0 ? 0 : _calmLost * 100 * _pressed / _calm;
        long spread = 2 * SquareRoot(expected * 100);
        bool isCongestion = !_isSettling && _pressedLost > 0 && _pressedLost * 100L > expected + spread;
        (_pressed, _pressedLost) = (0, 0);

        // What is found lost in the next round left before the cut.
        _isSettling = isCongestion;
        return isCongestion;
    }

    internal void Reset()
    {
        _longest.Reset();
        (_calm, _calmLost, _pressed, _pressedLost) = (0, 0, 0, 0);
        _isSettling = false;
    }

    private static long SquareRoot(long value)
    {
        long root = 0;
        for (int bit = 20; bit >= 0; bit--)
        {
            long tried = root | (1L << bit);
            root = tried * tried <= value ? tried : root;
        }

        return root;
    }
}
