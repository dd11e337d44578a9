namespace Roam.Transport;

/// <summary>The least of the round trips of the last minutes, as routes change without a word (RFC 6817, section 2.4.2, base_delay).</summary>
internal sealed class LeastDelay
{
    private const int Periods = 4;
    private const long PeriodMicros = 30_000_000;

    private readonly long[] _least = new long[Periods];
    private Instant _periodEnds = Instant.Zero;

    internal LeastDelay() => Reset();

    internal long Micros { get; private set; }

    internal bool IsKnown => Micros != long.MaxValue;

    internal void Add(Instant now, long micros)
    {
        if (now >= _periodEnds)
        {
            Array.Copy(_least, 0, _least, 1, Periods - 1);
            _least[0] = long.MaxValue;
            _periodEnds = now.PlusMicros(PeriodMicros);
        }

        _least[0] = Math.Min(_least[0], micros);
        long least = long.MaxValue;
        foreach (long one in _least)
        {
            least = Math.Min(least, one);
        }

        Micros = least;
    }

    internal void Reset()
    {
        Array.Fill(_least, long.MaxValue);
        Micros = long.MaxValue;
        _periodEnds = Instant.Zero;
    }
}
