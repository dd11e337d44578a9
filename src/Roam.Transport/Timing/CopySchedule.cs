namespace Roam.Transport;

/// <summary>The further datagrams for a small frame on a lossy path, 10, 25 and 60 ms after the first: each has its own luck, and a burst of loss is over sooner or later.</summary>
internal struct CopySchedule
{
    /// <summary>Loss at which a small frame goes 2, 3 and 4 times in all (timing.md section 2 has what each costs and brings).</summary>
    internal const int TwiceAt = 30_000;
    internal const int ThriceAt = 150_000;
    internal const int FourTimesAt = 400_000;

    private Instant _sentAt;
    private int _done;
    private int _planned;

    /// <summary>How many datagrams a small frame gets in all.</summary>
    internal static int DatagramsFor(int loss) => loss >= FourTimesAt ? 4 : loss >= ThriceAt ? 3 : loss >= TwiceAt ? 2 : 1;

    /// <summary>Due time of the next copy; Never when none is left.</summary>
    internal readonly Instant Next => _done < _planned ? _sentAt.PlusMicros(OffsetMicros(_done)) : Instant.Never;

    internal void Start(Instant now, int copies) => (_sentAt, _done, _planned) = (now, 0, copies);

    internal void CountDone() => _done++;

    internal void Cancel() => _planned = 0;

    private static long OffsetMicros(int copy) => copy switch
    {
        0 => 10_000,
        1 => 25_000,
        _ => 60_000,
    };
}
