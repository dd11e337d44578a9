namespace Roam.Transport;

/// <summary>
/// A stream that runs for minutes would take its own queue for the path's delay once the older samples are forgotten, and queue that much more (the latecomer problem of RFC 6817,
/// appendix; LEDBAT++ slows down for it). So when no sample showed an empty path for some time, the window is least for two round trips.
/// </summary>
internal sealed partial class DelayController
{
    private const long EmptyingMillis = 20_000;
    private const int EmptyingRounds = 2;

    /// <summary>So short a wait is an empty path.</summary>
    private const long EmptyMicros = 3000;

    /// <summary>
    /// The window is least for so long, and datagrams seem to wait all the same: it is not our queue. The path became longer, or others fill it, who would starve us for ever.
    /// </summary>
    private const long HopelessMillis = 8000;

    private Instant _leastSince = Instant.Never;

    private void DoubtThePath(Instant now)
    {
        if (_window > WindowMin * 3 / 2 || _queue.Micros <= EmptyMicros)
        {
            _leastSince = Instant.Never;
        }
        else if (_leastSince == Instant.Never)
        {
            _leastSince = now;
        }
        else if (now.MillisSince(_leastSince) >= HopelessMillis)
        {
            _leastSince = Instant.Never;
            _path.Reset();
            _queue.Reset();
        }
    }

    private void EmptyNowAndThen(Instant now)
    {
        if (_queue.Micros <= EmptyMicros || _nextEmptying == Instant.Never || now.MillisSince(_nextEmptying) > EmptyingMillis)
        {
            _nextEmptying = now.PlusMillis(EmptyingMillis);
        }
        else if (now >= _nextEmptying)
        {
            _emptyRounds = EmptyingRounds;
            _nextEmptying = Instant.Never;
        }
    }
}
