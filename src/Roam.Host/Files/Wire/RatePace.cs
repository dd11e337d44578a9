namespace Roam.Host;

/// <summary>Bytes per second, held on average; a pause is not caught up with more than a tenth of a second's worth.</summary>
internal sealed class RatePace(long bytesPerSecond)
{
    private const long BurstMicros = 100_000;

    private long _freeMicros;

    public void Wait(int bytes)
    {
        long now = SystemClock.Now.Micros;
        _freeMicros = Math.Max(_freeMicros, now - BurstMicros) + (long)(bytes * 1e6 / bytesPerSecond);
        if (_freeMicros > now)
        {
            Thread.Sleep((int)Math.Min(((_freeMicros - now) / 1000) + 1, int.MaxValue));
        }
    }
}
