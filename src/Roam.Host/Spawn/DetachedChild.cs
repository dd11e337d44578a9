using System.Text;

namespace Roam.Host;

/// <summary>
/// This binary again, in a session of its own (docs/adr/0009-spawn-and-detach.md): a socket, a block of options through a pipe, and a byte back when it is ready to be
/// spoken to. Used by the server, the relay and the broker.
/// </summary>
internal static unsafe class DetachedChild
{
    public const string OwnBinary = "/proc/self/exe";

    // Descriptors of the child.
    public const int SocketFd = 3;
    public const int OptionsFd = 4;
    public const int ReadyFd = 5;
    public const int ExtraFd = 6;

    // A machine so loaded that a process start takes longer is not one to announce a session on.
    private const long ReadyWaitMaxMillis = 20_000;

    /// <summary>Starts it and waits until it is ready. False: error says why. The descriptors stay the caller's.</summary>
    public static bool TryStart(in DetachedRequest start, out int pid, out string error)
    {
        pid = 0;
        int* optionsPipe = stackalloc int[2];
        int* readyPipe = stackalloc int[2];
        if (Libc.pipe2(optionsPipe, Libc.O_CLOEXEC) != 0)
        {
            error = Libc.ErrorText(Libc.Errno);
            return false;
        }

        if (Libc.pipe2(readyPipe, Libc.O_CLOEXEC) != 0)
        {
            error = Libc.ErrorText(Libc.Errno);
            _ = Libc.close(optionsPipe[0]);
            _ = Libc.close(optionsPipe[1]);
            return false;
        }

        SpawnRequest request = new()
        {
            File = start.Binary,
            Arguments = start.Arguments,
            Descriptors = [-1, -1, start.KeepsStandardError ? Spawner.Inherit : -1, start.Socket, optionsPipe[0], readyPipe[1], start.Extra],
            NewSession = true,
            BlockedSignals = start.BlockedSignals,
        };
        int errno = Spawner.Start(request, out pid);
        _ = Libc.close(optionsPipe[0]);
        _ = Libc.close(readyPipe[1]);
        error = errno == 0 ? "" : Libc.ErrorText(errno);
        if (errno == 0 && !HandOver(start.Block, optionsPipe[1], start.WaitsForReady ? readyPipe[0] : -1))
        {
            error = "the detached process did not start";
            _ = Libc.kill(pid, Libc.SIGKILL);
        }
        else if (errno != 0)
        {
            _ = Libc.close(optionsPipe[1]);
        }

        _ = Libc.close(readyPipe[0]);
        return error.Length == 0;
    }

    /// <summary>In the child: what the starting process wrote; null when this is no such child.</summary>
    public static byte[]? ReadBlock(int bytesMax)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length >= bytesMax)
                {
                    return null;
                }

                Array.Resize(ref buffer, buffer.Length * 2);
            }

            nint n;
            fixed (byte* start = buffer)
            {
                n = Libc.read(OptionsFd, start + length, buffer.Length - length);
            }

            if (n < 0 && Libc.Errno == Libc.EINTR)
            {
                continue;
            }

            if (n <= 0)
            {
                _ = Libc.close(OptionsFd);
                byte[]? block = n == 0 ? buffer.AsSpan(0, length).ToArray() : null;
                Array.Clear(buffer);
                return block;
            }

            length += (int)n;
        }
    }

    /// <summary>In the child: signals and socket are in hand.</summary>
    public static void ReportReady()
    {
        _ = Libc.WriteAll(ReadyFd, [1]);
        _ = Libc.close(ReadyFd);
    }

    public static bool IsSocket(int fd, int wantedType)
    {
        int type;
        uint length = sizeof(int);
        return Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_TYPE, &type, &length) == 0 && type == wantedType;
    }

    /// <summary>Somebody typed the verb.</summary>
    public static int Refuse(string verb)
    {
        StandardStreams.Error("roam: " + verb + " is for roam's own use\n");
        return 1;
    }

    /// <summary>The kernel names a process after the file it was started from ("exe"); pkill and killall look for this name.</summary>
    public static void SetProcessName(string name)
    {
        // comm holds 15 bytes and a zero (prctl(2)); longer names are cut by the kernel.
        string last = name[(name.LastIndexOf('/') + 1)..];
        fixed (byte* text = Encoding.UTF8.GetBytes(last + "\0"))
        {
            _ = Libc.prctl(Libc.PR_SET_NAME, (nuint)text, 0, 0, 0);
        }
    }

    private static bool HandOver(ReadOnlySpan<byte> block, int optionsFd, int readyFd)
    {
        // A child that died leaves a broken pipe: that must be an error code here, not a signal.
        nint handler = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        bool written = Libc.WriteAll(optionsFd, block);
        _ = Libc.signal(Libc.SIGPIPE, handler);
        _ = Libc.close(optionsFd);
        if (!written || readyFd < 0)
        {
            return written;
        }

        long deadline = SystemClock.Now.Micros + (ReadyWaitMaxMillis * 1000);
        Libc.PollFd wait = new() { Fd = readyFd, Events = Libc.POLLIN };
        while (true)
        {
            long left = deadline - SystemClock.Now.Micros;
            if (left <= 0)
            {
                return false;
            }

            Libc.TimeSpec timeout = Libc.TimeSpec.OfMicros(left);
            int ready = Libc.ppoll(&wait, 1, &timeout, null);
            if (ready > 0)
            {
                byte mark;
                return Libc.read(readyFd, &mark, 1) == 1;
            }
        }
    }
}
