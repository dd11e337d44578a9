namespace Roam.Transport;

/// <summary>A point on the host's monotonic clock, in microseconds. Comes in as an argument, read once per loop turn.</summary>
public readonly record struct Instant(long Micros) : IComparable<Instant>
{
    public static readonly Instant Zero = new(0);

    /// <summary>Later than anything: a deadline that is not set.</summary>
    public static readonly Instant Never = new(long.MaxValue);

    public int CompareTo(Instant other) => Micros.CompareTo(other.Micros);

    public Instant PlusMillis(long millis) => new(Micros + (millis * 1000));

    public Instant PlusMicros(long micros) => new(Micros + micros);

    /// <summary>Whole milliseconds from the other instant to this one, rounded down.</summary>
    public long MillisSince(Instant earlier) => (Micros - earlier.Micros) / 1000;

    public static Instant Min(Instant a, Instant b) => a.Micros <= b.Micros ? a : b;

    public static Instant Max(Instant a, Instant b) => a.Micros >= b.Micros ? a : b;

    public static bool operator <(Instant a, Instant b) => a.Micros < b.Micros;

    public static bool operator >(Instant a, Instant b) => a.Micros > b.Micros;

    public static bool operator <=(Instant a, Instant b) => a.Micros <= b.Micros;

    public static bool operator >=(Instant a, Instant b) => a.Micros >= b.Micros;
}
