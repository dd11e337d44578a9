namespace Roam.Transport;

/// <summary>
/// The round trip of the empty path: the least seen in the last minutes (RFC 6817, section 2.4.2, base_delay), since routes change without a word. A longer datagram takes longer on the
/// slowest link, so samples of different lengths are compared without that time.
/// </summary>
internal sealed class BaseDelay
{
    private const int Periods = 4;
    private const long PeriodMicros = 30_000_000;

    private readonly (long Micros, int Bytes)[] _least = new (long, int)[Periods];
    private Instant _periodEnds = Instant.Zero;

    internal BaseDelay() => Reset();

    internal bool IsKnown => Micros != long.MaxValue;

    /// <summary>Of a datagram of <see cref="Bytes"/>.</summary>
    internal long Micros { get; private set; }

    internal int Bytes { get; private set; }

    /// <summary>What a sample says about the queue: its time beyond the base, both for the same length. May be negative.</summary>
    internal long Beyond(long micros, int bytes, long bytesPerSecond) => micros - Micros - Serial(bytes - Bytes, bytesPerSecond);

    internal void Add(Instant now, long micros, int bytes, long bytesPerSecond)
    {
        if (now >= _periodEnds)
        {
            Array.Copy(_least, 0, _least, 1, Periods - 1);
            _least[0] = (long.MaxValue, 0);
            _periodEnds = now.PlusMicros(PeriodMicros);
        }

        if (IsLess((micros, bytes), _least[0], bytesPerSecond))
        {
            _least[0] = (micros, bytes);
        }

        (long Micros, int Bytes) least = _least[0];
        for (int i = 1; i < Periods; i++)
        {
            least = IsLess(_least[i], least, bytesPerSecond) ? _least[i] : least;
        }

        (Micros, Bytes) = least;
    }

    internal void Reset()
    {
        Array.Fill(_least, (long.MaxValue, 0));
        (Micros, Bytes) = (long.MaxValue, 0);
        _periodEnds = Instant.Zero;
    }

    private static bool IsLess((long Micros, int Bytes) a, (long Micros, int Bytes) b, long bytesPerSecond) =>
        a.Micros != long.MaxValue && (b.Micros == long.MaxValue || a.Micros - b.Micros < Serial(a.Bytes - b.Bytes, bytesPerSecond));

    private static long Serial(int bytes, long bytesPerSecond) => bytesPerSecond == 0 ? 0 : bytes * 1_000_000L / bytesPerSecond;
}
