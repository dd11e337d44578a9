namespace Roam.Transport;

/// <summary>The highest value of the last 10 to 20 seconds.</summary>
internal sealed class RecentMax
{
    private const long PeriodMillis = 10_000;

    private long _before;
    private long _current;
    private Instant _periodEnds = Instant.Zero;

    internal long Value => Math.Max(_before, _current);

    internal void Add(Instant now, long value)
    {
        if (now >= _periodEnds)
        {
            (_before, _current) = (_current, 0);
            _periodEnds = now.PlusMillis(PeriodMillis);
        }

        _current = Math.Max(_current, value);
    }

    internal void Reset() => (_before, _current, _periodEnds) = (0, 0, Instant.Zero);
}
