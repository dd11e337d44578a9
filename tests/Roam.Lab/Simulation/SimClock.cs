using Roam.Transport;

namespace Roam.Lab;

/// <summary>One machine's monotonic clock: the simulation's time and an offset that jumps forward, or stands still while the machine sleeps.</summary>
internal sealed class SimClock(long offsetMicros)
{
    public long OffsetMicros { get; set; } = offsetMicros;

    public Instant Local(long worldMicros) => new(worldMicros + OffsetMicros);

    public long ToWorld(Instant local) => local == Instant.Never ? long.MaxValue : local.Micros - OffsetMicros;
}
