namespace Roam.Transport;

/// <summary>
/// Finds out whose queue it is: a part of the window is held back for two round trips. When the queue shortens by as much, it was ours alone; beside another's bulk it shortens by our share of
/// the path only, and the other fills what we leave.
/// </summary>
internal sealed class QueueDip
{
    /// <summary>Held back: so much of the window at most, and no more than this part of what waits in the queue.</summary>
    private const long PercentMax = 25;
    private const long OfQueuePercent = 60;

    /// <summary>What was measured in the second round left in the first one.</summary>
    private const int Rounds = 2;

    /// <summary>With another's equal share the queue shortens by half of what we hold back; from this part on it is ours.</summary>
    private const long OursPercent = 75;

    private int _rounds;
    private long _percent;
    private long _roundTripBefore;
    private long _queueBefore;

    internal bool IsUnderWay => _rounds > 0;

    /// <summary>What it came to, when it is over.</summary>
    internal bool IsOurs => SharePercent >= OursPercent;

    /// <summary>Of the queue and so of the path; less than it is when the other grows meanwhile.</summary>
    internal long SharePercent { get; private set; }

    internal long Of(long window) => _rounds > 0 ? window * (100 - _percent) / 100 : window;

    internal void Begin(long baseMicros, long queueMicros)
    {
        _roundTripBefore = Math.Max(1, baseMicros + queueMicros);
        _queueBefore = queueMicros;
        _percent = Math.Min(PercentMax, queueMicros * OfQueuePercent / _roundTripBefore);
        _rounds = Rounds;
    }

    /// <summary>True when it is over.</summary>
    internal bool EndRound(long queueMicros)
    {
        if (--_rounds > 0)
        {
            return false;
        }

        long held = _roundTripBefore * _percent / 100;
        SharePercent = (_queueBefore - queueMicros) * 100 / Math.Max(held, 1);
        return true;
    }

    internal void GiveUp() => _rounds = 0;
}
