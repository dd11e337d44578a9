namespace Roam.Host;

/// <summary>
/// A program with a pipe on each of its three standard streams; the caller is told what happens on them one thing at a time. Its terminal stays ours: ssh asks for
/// passwords on /dev/tty. Nothing is read beyond the line that was handed out last once <see cref="ReadsByByte"/> is set, so the pipes can be left to another reader.
/// </summary>
public sealed unsafe class PipedProcess : IDisposable
{
    private const int ExitCodeUnknown = 255;
    private const int ReapPauseMillis = 20;

    private readonly LineBuffer _lines = new();
    private readonly LineBuffer _errorLines = new();
    private bool _outputEnded;
    private bool _errorEnded;
    private int? _exitCode;

    private PipedProcess(int pid, int input, int output, int error)
    {
        Pid = pid;
        InputFd = input;
        OutputFd = output;
        ErrorFd = error;
    }

    public int Pid { get; }

    /// <summary>Our ends. -1: closed.</summary>
    public int InputFd { get; private set; }

    public int OutputFd { get; private set; }

    public int ErrorFd { get; private set; }

    /// <summary>Set before a line that may be the last one of ours: what follows it is not text and belongs to somebody else.</summary>
    public bool ReadsByByte { get; set; }

    /// <summary>Whether more than the last line was read already.</summary>
    public bool HasReadAhead => !_lines.IsEmpty;

    /// <summary>Finds argv[0] in PATH. Null: error says why.</summary>
    public static PipedProcess? TryStart(IReadOnlyList<string> argv, out string error)
    {
        // A program that left its input unread must be an error code of write, not a signal.
        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        if (!StandardPipes.TryStart(argv, newSession: false, out StandardPipes started, out error))
        {
            return null;
        }

        foreach (int fd in (ReadOnlySpan<int>)[started.Input, started.Output, started.Error])
        {
            Libc.SetNonBlocking(fd);
        }

        return new PipedProcess(started.Pid, started.Input, started.Output, started.Error);
    }

    /// <summary>Waits for the next thing. timeoutMillis below 0: as long as it takes. A standard error that ends is not told.</summary>
    public PipeEvent Next(bool wantsToWrite, int timeoutMillis, out string line)
    {
        long deadline = SystemClock.Now.Micros + (timeoutMillis * 1000L);
        while (true)
        {
            if (_errorLines.TryTake(_errorEnded, out line, out _))
            {
                return PipeEvent.ErrorLine;
            }

            if (_lines.TryTake(_outputEnded, out line, out bool isPiece))
            {
                return isPiece ? PipeEvent.Piece : PipeEvent.Line;
            }

            if (_outputEnded)
            {
                return PipeEvent.Ended;
            }

            long leftMicros = timeoutMillis < 0 ? -1 : deadline - SystemClock.Now.Micros;
            if (timeoutMillis >= 0 && leftMicros <= 0)
            {
                return PipeEvent.Timeout;
            }

            if (Poll(wantsToWrite, leftMicros))
            {
                return PipeEvent.Writable;
            }
        }
    }

    /// <summary>Writes what fits. -1: nobody reads any more.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        if (InputFd < 0)
        {
            return -1;
        }

        nint n;
        fixed (byte* start = bytes)
        {
            n = Libc.write(InputFd, start, bytes.Length);
        }

        return n >= 0 ? (int)n : Libc.Errno is Libc.EAGAIN or Libc.EINTR ? 0 : -1;
    }

    public void CloseInput()
    {
        if (InputFd >= 0)
        {
            _ = Libc.close(InputFd);
            InputFd = -1;
        }
    }

    /// <summary>Hands out the lines that are on the standard error now, without waiting.</summary>
    public void DrainErrors(Action<string> show)
    {
        FillErrors();
        while (_errorLines.TryTake(_errorEnded, out string line, out _))
        {
            show(line);
            FillErrors();
        }
    }

    /// <summary>Waits for the end: exit code, or 128 + signal number. After patienceMillis it is ended by SIGTERM.</summary>
    public int WaitForExit(int patienceMillis, Action<string> showError)
    {
        // Not until the standard error ends: a shared connection's master (ControlPersist) goes on in the background and keeps it open.
        long deadline = SystemClock.Now.Micros + (patienceMillis * 1000L);
        while (!TryReap())
        {
            if (SystemClock.Now.Micros > deadline)
            {
                _ = Libc.kill(Pid, Libc.SIGTERM);
                deadline = long.MaxValue;
            }

            Libc.TimeSpec pause = Libc.TimeSpec.OfMicros(ReapPauseMillis * 1000);
            Libc.PollFd wait = new() { Fd = _errorEnded ? -1 : ErrorFd, Events = Libc.POLLIN };
            _ = Libc.ppoll(&wait, 1, &pause, null);
            DrainErrors(showError);
        }

        DrainErrors(showError);
        return _exitCode ?? ExitCodeUnknown;
    }

    /// <summary>Closes the pipes. The process is not waited for.</summary>
    public void Dispose()
    {
        CloseInput();
        if (OutputFd >= 0)
        {
            _ = Libc.close(OutputFd);
            _ = Libc.close(ErrorFd);
            (OutputFd, ErrorFd) = (-1, -1);
        }
    }

    /// <summary>True: the input takes bytes, and nothing was read.</summary>
    private bool Poll(bool wantsToWrite, long leftMicros)
    {
        Libc.PollFd* fds = stackalloc Libc.PollFd[3];
        fds[0] = new Libc.PollFd { Fd = OutputFd, Events = Libc.POLLIN };
        fds[1] = new Libc.PollFd { Fd = _errorEnded ? -1 : ErrorFd, Events = Libc.POLLIN };
        fds[2] = new Libc.PollFd { Fd = wantsToWrite ? InputFd : -1, Events = Libc.POLLOUT };
        Libc.TimeSpec timeout = Libc.TimeSpec.OfMicros(Math.Max(leftMicros, 0));
        if (Libc.ppoll(fds, 3, leftMicros < 0 ? null : &timeout, null) <= 0)
        {
            return false;
        }

        bool isRead = fds[0].Revents != 0 || fds[1].Revents != 0;
        if (fds[1].Revents != 0)
        {
            FillErrors();
        }

        if (fds[0].Revents != 0)
        {
            _outputEnded = Fill(OutputFd, _lines, ReadsByByte ? 1 : LineBuffer.LineBytesMax);
        }

        return !isRead && fds[2].Revents != 0;
    }

    private void FillErrors()
    {
        if (!_errorEnded && ErrorFd >= 0)
        {
            _errorEnded = Fill(ErrorFd, _errorLines, LineBuffer.LineBytesMax);
        }
    }

    /// <summary>True: the pipe has ended.</summary>
    private static bool Fill(int fd, LineBuffer lines, int bytesMax)
    {
        Span<byte> room = lines.Room;
        if (room.IsEmpty)
        {
            return false;
        }

        room = room[..Math.Min(room.Length, bytesMax)];
        nint n;
        fixed (byte* start = room)
        {
            n = Libc.read(fd, start, room.Length);
        }

        lines.Added((int)Math.Max(n, 0));
        return n == 0 || (n < 0 && Libc.Errno is not (Libc.EAGAIN or Libc.EINTR));
    }

    private bool TryReap()
    {
        if (_exitCode is not null)
        {
            return true;
        }

        int status = 0;
        int result = Libc.waitpid(Pid, &status, Libc.WNOHANG);
        if (result == Pid || (result < 0 && Libc.Errno != Libc.EINTR))
        {
            _exitCode = result == Pid ? Libc.ExitCodeOf(status) : ExitCodeUnknown;
        }

        return _exitCode is not null;
    }
}
