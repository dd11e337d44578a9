using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>Waits for events, with a bound that only a defect reaches.</summary>
internal static unsafe class Poller
{
    private const long PatienceMillis = 30_000;

    public static Instant Deadline => SystemClock.Now.PlusMillis(PatienceMillis);

    public static void WaitReadable(int fd) => Assert.True(TryWait(fd, Libc.POLLIN, Deadline), "nothing came within 30 s");

    /// <summary>One poll of several, with a bound.</summary>
    public static void Poll(Libc.PollFd[] slots, long millis)
    {
        fixed (Libc.PollFd* first = slots)
        {
            LoopWait.Poll(first, slots.Length, SystemClock.Now.PlusMillis(millis));
        }
    }

    public static bool TryWait(int fd, short events, Instant until)
    {
        while (SystemClock.Now < until)
        {
            Libc.PollFd poll = new() { Fd = fd, Events = events };
            LoopWait.Poll(&poll, 1, until);
            if (poll.Revents != 0)
            {
                return true;
            }
        }

        return false;
    }
}
