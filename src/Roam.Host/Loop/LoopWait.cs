using Roam.Transport;

namespace Roam.Host;

/// <summary>ppoll(2) until a deadline of the session's clock.</summary>
internal static unsafe class LoopWait
{
    // A deadline far away is waited for in pieces: the conversion then cannot overflow.
    private const long WaitMicrosMax = 3_600_000_000;

    /// <summary>Returns when a descriptor is ready, the time is reached, or a handler ran. The returned events are zero where nothing happened.</summary>
    public static void Poll(Libc.PollFd* fds, int count, Instant until)
    {
        long now = SystemClock.Now.Micros;
        long wait = Math.Clamp(until.Micros - now, 0, WaitMicrosMax);
        Libc.TimeSpec timeout = Libc.TimeSpec.OfMicros(wait);
        if (Libc.ppoll(fds, (nuint)count, &timeout, null) < 0)
        {
            for (int i = 0; i < count; i++)
            {
                fds[i].Revents = 0;
            }
        }
    }
}
