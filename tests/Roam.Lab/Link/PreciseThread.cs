using Roam.Host;

namespace Roam.Lab;

/// <summary>For threads whose wake-ups are part of a measurement.</summary>
internal static unsafe class PreciseThread
{
    /// <summary>
    /// Timers of the calling thread fire when due (the kernel's slack is 50 us otherwise), and a thread that was woken runs before the programs under measurement:
    /// a wire does not wait for a CPU. Without the right to do so it stays an ordinary thread. Processes started from it are ordinary.
    /// </summary>
    public static void Raise()
    {
        int priority = 1;
        _ = Libc.prctl(Libc.PR_SET_TIMERSLACK, 1, 0, 0, 0);
        _ = Libc.sched_setscheduler(0, Libc.SCHED_FIFO | Libc.SCHED_RESET_ON_FORK, &priority);
    }
}
