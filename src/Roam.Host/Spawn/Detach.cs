namespace Roam.Host;

/// <summary>Leaves the calling terminal by starting this binary again in a session of its own (docs/adr/0009-spawn-and-detach.md).</summary>
public static unsafe class Detach
{
    /// <summary>argv[1] of the detached process. The entry point calls <see cref="RunChild"/> when it sees it, before anything else.</summary>
    public const string ChildVerb = "__serve";

    private const string OwnBinary = "/proc/self/exe";

    // Descriptors of the detached process.
    private const int SocketFd = 3;
    private const int OptionsFd = 4;
    private const int ReadyFd = 5;

    // A machine so loaded that a process start takes longer is not one to announce a session on.
    private const long ReadyWaitMaxMillis = 20_000;

    /// <summary>Starts the detached server and waits until it is ready to be spoken to. False: error says why. The endpoint stays the caller's to dispose.</summary>
    public static bool TryStart(ServerEndpoint endpoint, ServerHostOptions options, out int pid, out string error) =>
        TryStart(OwnBinary, endpoint, options, out pid, out error);

    internal static bool TryStart(string binary, ServerEndpoint endpoint, ServerHostOptions options, out int pid, out string error)
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
            File = binary,
            Arguments = [options.ProcessName, ChildVerb, .. options.DisplayArguments],
            Descriptors = [-1, -1, options.Verbosity > 0 ? Spawner.Inherit : -1, endpoint.Socket.Fd, optionsPipe[0], readyPipe[1]],
            NewSession = true,
            BlockedSignals = ServerLoop.Signals,
        };
        int errno = Spawner.Start(request, out pid);
        _ = Libc.close(optionsPipe[0]);
        _ = Libc.close(readyPipe[1]);
        error = errno == 0 ? "" : Libc.ErrorText(errno);
        if (errno == 0 && !HandOver(endpoint, options, optionsPipe[1], readyPipe[0]))
        {
            error = "the detached server did not start";
            _ = Libc.kill(pid, Libc.SIGKILL);
        }
        else if (errno != 0)
        {
            _ = Libc.close(optionsPipe[1]);
        }

        _ = Libc.close(readyPipe[0]);
        return error.Length == 0;
    }

    /// <summary>The detached process: takes socket, key and options from its descriptors and serves. Returns the exit code.</summary>
    public static int RunChild()
    {
        byte[]? block = ReadBlock();
        if (block == null || !DetachedServer.TryDecode(block, out DetachedServer? server) || !IsDatagramSocket(SocketFd))
        {
            StandardStreams.Error("roam: " + ChildVerb + " is for the server's own use\n");
            return 1;
        }

        Array.Clear(block);
        SetProcessName(server.Options.ProcessName);
        using ServerEndpoint endpoint = ServerEndpoint.Adopt(SocketFd, server.IsIPv6, server.Key);
        return ServerHost.Run(endpoint, server.Options, ReadyFd);
    }

    private static bool HandOver(ServerEndpoint endpoint, ServerHostOptions options, int optionsFd, int readyFd)
    {
        // A child that died leaves a broken pipe: that must be an error code here, not a signal.
        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        byte[] block = new DetachedServer(endpoint.Key, endpoint.Socket.IsIPv6, options).Encode();
        bool written = Libc.WriteAll(optionsFd, block);
        Array.Clear(block);
        _ = Libc.close(optionsFd);
        if (!written)
        {
            return false;
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

    private static byte[]? ReadBlock()
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length >= DetachedServer.BlockBytesMax)
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

    private static bool IsDatagramSocket(int fd)
    {
        int type;
        uint length = sizeof(int);
        return Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_TYPE, &type, &length) == 0 && type == Libc.SOCK_DGRAM;
    }

    /// <summary>The kernel names a process after the file it was started from ("exe"); pkill and killall look for this name.</summary>
    private static void SetProcessName(string name)
    {
        // comm holds 15 bytes and a zero (prctl(2)); longer names are cut by the kernel.
        string last = name[(name.LastIndexOf('/') + 1)..];
        fixed (byte* text = System.Text.Encoding.UTF8.GetBytes(last + "\0"))
        {
            _ = Libc.prctl(Libc.PR_SET_NAME, (nuint)text, 0, 0, 0);
        }
    }
}
