namespace Roam.Host;

/// <summary>A program that leads to a far end: a pipe on its input and one on its output; its errors and its terminal are ours, for it may ask for a password.</summary>
internal sealed unsafe class FilesChild : IDisposable
{
    private const int PatienceMillis = 5000;
    private const int PauseMillis = 10;

    private int _input;
    private bool _isReaped;

    private FilesChild(int pid, int input)
    {
        Pid = pid;
        _input = input;
    }

    public int Pid { get; }

    /// <summary>The descriptor that it reads stays open, with its thread, as long as this process lives.</summary>
    public required FrameInput Input { get; init; }

    public required FrameOutput Output { get; init; }

    public int ExitCode { get; private set; } = -1;

    /// <summary>Finds argv[0] in PATH. Null: error says why.</summary>
    public static FilesChild? TryStart(IReadOnlyList<string> argv, RatePace? inputPace, RatePace? outputPace, out string error)
    {
        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        int* pipes = stackalloc int[4];
        if (Libc.pipe2(pipes, Libc.O_CLOEXEC) != 0)
        {
            error = Libc.ErrorText(Libc.Errno);
            return null;
        }

        if (Libc.pipe2(pipes + 2, Libc.O_CLOEXEC) != 0)
        {
            error = Libc.ErrorText(Libc.Errno);
            Close(pipes[0], pipes[1]);
            return null;
        }

        SpawnRequest request = new() { File = argv[0], SearchPath = true, Arguments = argv, Descriptors = [pipes[0], pipes[3], Spawner.Inherit] };
        int errno = Spawner.Start(request, out int pid);
        Close(pipes[0], pipes[3]);
        error = errno == 0 ? "" : Libc.ErrorText(errno);
        if (errno != 0)
        {
            Close(pipes[1], pipes[2]);
            return null;
        }

        return new FilesChild(pid, pipes[1]) { Input = new FrameInput(pipes[2], inputPace), Output = new FrameOutput(pipes[1], outputPace) };
    }

    /// <summary>From any thread: the copy comes to its end by itself then.</summary>
    public void Interrupt() => _ = Libc.kill(Pid, Libc.SIGTERM);

    /// <summary>Writes what is left, closes its input and waits for its end; after a while it is ended.</summary>
    public void Dispose()
    {
        if (_input < 0)
        {
            return;
        }

        Output.Finish();
        _ = Libc.close(_input);
        _input = -1;
        Input.Break();
        long deadline = SystemClock.Now.Micros + (PatienceMillis * 1000L);
        while (!TryReap())
        {
            if (SystemClock.Now.Micros > deadline)
            {
                Interrupt();
                deadline = long.MaxValue;
            }

            Thread.Sleep(PauseMillis);
        }
    }

    private bool TryReap()
    {
        int status = 0;
        if (!_isReaped && Libc.waitpid(Pid, &status, Libc.WNOHANG) is var result && result != 0)
        {
            _isReaped = true;
            ExitCode = result == Pid ? Libc.ExitCodeOf(status) : 255;
        }

        return _isReaped;
    }

    private static void Close(int first, int second)
    {
        _ = Libc.close(first);
        _ = Libc.close(second);
    }
}
