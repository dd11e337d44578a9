using System.Runtime.CompilerServices;
using Roam.Host;

namespace Roam.Lab;

/// <summary>Waits on the terminals of all sessions and on a time, in one call, and reads the clock right after it.</summary>
internal sealed unsafe class SessionWatch(IReadOnlyList<LiveSession> sessions)
{
    private const int SessionsMax = 32;

    /// <summary>Returns when something was drawn, which the sessions' pictures then show, or the time has come. The result is the clock at the wake-up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Wait(long untilNanos)
    {
        Libc.PollFd* polled = stackalloc Libc.PollFd[SessionsMax];
        for (int i = 0; i < sessions.Count; i++)
        {
            polled[i] = new Libc.PollFd { Fd = sessions[i].Fd, Events = Libc.POLLIN };
        }

        long wait = Math.Max(0, untilNanos - MonotonicClock.Nanos);
        Libc.TimeSpec timeout = new() { Seconds = wait / MonotonicClock.NanosPerSecond, Nanos = wait % MonotonicClock.NanosPerSecond };
        int ready = Libc.ppoll(polled, (nuint)sessions.Count, &timeout, null);
        long woken = MonotonicClock.Nanos;
        for (int i = 0; i < sessions.Count && ready > 0; i++)
        {
            if (polled[i].Revents != 0)
            {
                sessions[i].TakeOutput();
            }
        }

        return woken;
    }

    /// <summary>Watches for that long.</summary>
    public void Rest(double seconds) => _ = Until(() => false, seconds);

    /// <summary>The clock when the pictures first fulfilled the condition; null: not within that time.</summary>
    public long? Until(Func<bool> condition, double seconds)
    {
        long now = MonotonicClock.Nanos;
        long deadline = now + (long)(seconds * MonotonicClock.NanosPerSecond);
        while (!condition())
        {
            if (now >= deadline || sessions.All(s => s.Fd < 0))
            {
                return null;
            }

            now = Wait(deadline);
        }

        return now;
    }

    public void UntilOrThrow(Func<bool> condition, double seconds, string what)
    {
        if (Until(condition, seconds) is null)
        {
            throw new InvalidOperationException($"waited {seconds} s for {what}. The screens:\n" + string.Join('\n', sessions.Select(s => $"--- {s.Name}\n{s.Picture()}")));
        }
    }
}
