namespace Roam.Host;

/// <summary>
/// Becomes readable when the machine wakes from sleep: ppoll's own time stands still during a sleep, so without it the loop would notice seconds late. A timer on the
/// real-time clock that never runs out, but is cancelled whenever that clock is set (timerfd_create(2), TFD_TIMER_CANCEL_ON_SET), which the kernel does at every resume.
/// </summary>
internal sealed unsafe class ResumeWatch : IDisposable
{
    // The year 2200: not reached, and far from overflowing anything.
    private const long FarFutureSeconds = 7_258_118_400;

    public ResumeWatch()
    {
        Fd = Libc.timerfd_create(Libc.CLOCK_REALTIME, Libc.O_CLOEXEC | Libc.O_NONBLOCK);
        Libc.ITimerSpec far = new() { Value = new Libc.TimeSpec { Seconds = FarFutureSeconds } };
        if (Fd >= 0)
        {
            _ = Libc.timerfd_settime(Fd, Libc.TFD_TIMER_ABSTIME | Libc.TFD_TIMER_CANCEL_ON_SET, &far, null);
        }
    }

    /// <summary>-1: this system has no such timer, and a resume is noticed at the next timeout.</summary>
    public int Fd { get; private set; }

    /// <summary>Reads the cancellation (ECANCELED), so that it is readable again only after the next one.</summary>
    public void Acknowledge()
    {
        ulong expirations;
        _ = Libc.read(Fd, (byte*)&expirations, sizeof(ulong));
    }

    public void Dispose()
    {
        if (Fd >= 0)
        {
            _ = Libc.close(Fd);
            Fd = -1;
        }
    }
}
