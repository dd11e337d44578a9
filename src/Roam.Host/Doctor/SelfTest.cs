using Roam.Transport;

namespace Roam.Host;

/// <summary>What this machine lets a program do, tried out.</summary>
public static unsafe class SelfTest
{
    private const long LoopMillis = 1_000;

    /// <summary>Sends a datagram to this machine's own loopback address.</summary>
    public static bool TryUdp(bool isIPv6, out string error)
    {
        string loopback = isIPv6 ? "::1" : "127.0.0.1";
        using UdpSocket? socket = UdpSocket.TryOpen(isIPv6);
        if (socket is null)
        {
            error = Libc.ErrorText(Libc.Errno);
            return false;
        }

        _ = AddressLookup.TryResolve(loopback, 0, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> any, out _);
        int errno = socket.Bind(any[0], 0);
        if (errno != 0)
        {
            error = Libc.ErrorText(errno);
            return false;
        }

        _ = AddressLookup.TryResolve(loopback, socket.LocalPort, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> self, out _);
        if (socket.Send([1], self[0]) != SendResult.Sent)
        {
            error = Libc.ErrorText(socket.LastError);
            return false;
        }

        Libc.PollFd fd = new() { Fd = socket.Fd, Events = Libc.POLLIN };
        LoopWait.Poll(&fd, 1, SystemClock.Now.PlusMillis(LoopMillis));
        bool came = socket.TryReceive(stackalloc byte[16], out _, out _, out _);
        error = came ? "" : "a datagram to this machine itself did not arrive";
        return came;
    }

    /// <summary>The session's clock must run, and not backwards.</summary>
    public static bool ClockRuns()
    {
        const int Reads = 1_000;
        Instant first = SystemClock.Now;
        Instant last = first;
        for (int i = 0; i < Reads; i++)
        {
            Instant now = SystemClock.Now;
            if (now < last)
            {
                return false;
            }

            last = now;
        }

        Libc.PollFd none = new() { Fd = -1 };
        LoopWait.Poll(&none, 1, last.PlusMillis(2));
        return SystemClock.Now > first;
    }

    /// <summary>Listens where a session's control socket would be, for a moment. path: the folder, or empty.</summary>
    public static bool TryControl(out string path, out string error)
    {
        path = ControlDirectory.Path ?? "";
        if (path.Length == 0)
        {
            error = "neither XDG_RUNTIME_DIR nor HOME is set";
            return false;
        }

        if (!ControlDirectory.TryCreate(path))
        {
            error = Libc.ErrorText(Libc.Errno);
            return false;
        }

        string socket = ControlDirectory.SocketOf(path, "doctor" + ControlDirectory.OwnSession);
        int fd = UnixSocket.TryListen(socket);
        error = fd < 0 ? Libc.ErrorText(Libc.Errno) : "";
        if (fd >= 0)
        {
            _ = Libc.unlink(socket);
            _ = Libc.close(fd);
        }

        return fd >= 0;
    }

    /// <summary>Seconds since 1970.</summary>
    public static long WallSeconds => DateTimeOffset.UtcNow.ToUnixTimeSeconds();
}
