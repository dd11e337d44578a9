using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// CLOCK_BOOTTIME: monotonic, and it runs on while the machine sleeps. A laptop that wakes up must know at once that it has been silent for hours: overdue sends,
/// the port hop and the "last contact" text then happen in the first turn, and a timestamp from before the sleep counts as too old for a round-trip sample.
/// CLOCK_MONOTONIC would stand still and each of those would come seconds late.
/// </summary>
public static unsafe class SystemClock
{
    public static Instant Now
    {
        get
        {
            Libc.TimeSpec time;
            _ = Libc.clock_gettime(Libc.CLOCK_BOOTTIME, &time);
            return new Instant((time.Seconds * 1_000_000) + (time.Nanos / 1000));
        }
    }
}
