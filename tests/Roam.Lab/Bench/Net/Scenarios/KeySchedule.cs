namespace Roam.Lab;

/// <summary>When the next key is typed. Pure: the seed decides.</summary>
internal sealed class KeySchedule(KeyPattern pattern, ulong seed)
{
    public const double GapMeanMillis = 250;
    public const int BurstKeys = 12;
    public const double BurstGapMillis = 80;

    private const double PauseMillisMin = 700;
    private const double PauseMillisMax = 1500;

    private readonly SeededRandom _random = new(seed);
    private int _typed;

    public long NextGapNanos()
    {
        double millis = pattern == KeyPattern.Random ? _random.NextExponential(GapMeanMillis)
            : ++_typed % BurstKeys != 0 ? BurstGapMillis
            : PauseMillisMin + ((PauseMillisMax - PauseMillisMin) * _random.NextDouble());
        return MonotonicClock.OfMillis(millis);
    }
}
