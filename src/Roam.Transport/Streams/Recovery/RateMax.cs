namespace Roam.Transport;

/// <summary>The highest rate at which the path delivered in the last round trips.</summary>
internal sealed class RateMax
{
    private const int Rounds = 12;

    private readonly long[] _best = new long[Rounds];

    internal long BytesPerSecond { get; private set; }

    /// <summary>The path was the limit at least once: else the rate says only what there was to send.</summary>
    internal bool IsOfPath { get; private set; }

    /// <summary>A rate that was limited by what there was to send counts only when it is higher.</summary>
    internal void Take(long bytesPerSecond, bool isFull)
    {
        IsOfPath |= isFull && bytesPerSecond > 0;
        if (isFull || bytesPerSecond > BytesPerSecond)
        {
            _best[0] = Math.Max(_best[0], bytesPerSecond);
            BytesPerSecond = Math.Max(BytesPerSecond, bytesPerSecond);
        }
    }

    /// <summary>A round without any rate of its own does not count.</summary>
    internal void EndRound()
    {
        if (_best[0] == 0)
        {
            return;
        }

        Array.Copy(_best, 0, _best, 1, Rounds - 1);
        _best[0] = 0;
        long best = 0;
        foreach (long one in _best)
        {
            best = Math.Max(best, one);
        }

        BytesPerSecond = best;
    }

    internal void Reset()
    {
        Array.Clear(_best);
        BytesPerSecond = 0;
        IsOfPath = false;
    }
}
