using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>A program whose input, output and errors are pipes of ours: spoken with line by line, never waited for beyond a deadline.</summary>
public sealed unsafe class TalkingChild : IDisposable
{
    /// <summary>A longer line is handed out in pieces.</summary>
    private const int LineBytesMax = 8 * 1024;

    /// <summary>After its input was closed it has so long to end by itself.</summary>
    private const long FarewellMillis = 2_000;

    private readonly int[] _fds = new int[3];
    private readonly byte[][] _buffers = [[], new byte[LineBytesMax], new byte[LineBytesMax]];
    private readonly int[] _lengths = new int[3];
    private readonly int _pid;
    private int? _exitCode;

    private TalkingChild(int pid) => _pid = pid;

    /// <summary>Output and errors are both at their end.</summary>
    public bool Ended => _fds[1] < 0 && _fds[2] < 0;

    /// <summary>Finds argv[0] in PATH. Null: error says why.</summary>
    public static TalkingChild? TryStart(IReadOnlyList<string> argv, out string error)
    {
        if (!StandardPipes.TryStart(argv, newSession: false, out StandardPipes started, out error))
        {
            return null;
        }

        TalkingChild child = new(started.Pid);
        (child._fds[0], child._fds[1], child._fds[2]) = (started.Input, started.Output, started.Error);
        return child;
    }

    public void Write(string text) => _ = _fds[0] >= 0 && Libc.WriteAll(_fds[0], Encoding.UTF8.GetBytes(text));

    /// <summary>The next line of either stream, without its end. False: the deadline has come, or both streams have ended.</summary>
    public bool TryReadLine(Instant until, out string line, out bool isError)
    {
        Libc.PollFd* fds = stackalloc Libc.PollFd[2];
        while (true)
        {
            for (int i = 1; i < 3; i++)
            {
                isError = i == 2;
                if (TryTake(i, out line))
                {
                    return true;
                }
            }

            line = "";
            isError = false;
            if (Ended || SystemClock.Now >= until)
            {
                return false;
            }

            fds[0] = new Libc.PollFd { Fd = _fds[1], Events = Libc.POLLIN };
            fds[1] = new Libc.PollFd { Fd = _fds[2], Events = Libc.POLLIN };
            LoopWait.Poll(fds, 2, until);
            for (int i = 1; i < 3; i++)
            {
                if (fds[i - 1].Revents != 0)
                {
                    Fill(i);
                }
            }
        }
    }

    /// <summary>Closes its input, gives it a moment to end, then ends it. Exit code, or 128 + signal number.</summary>
    public int Finish()
    {
        if (_exitCode is { } known)
        {
            return known;
        }

        Close(0);
        Instant until = SystemClock.Now.PlusMillis(FarewellMillis);
        while (TryReadLine(until, out _, out _))
        {
        }

        if (!Ended)
        {
            _ = Libc.kill(_pid, Libc.SIGTERM);
        }

        Close(1);
        Close(2);
        int status = 0;
        int result;
        do
        {
            result = Libc.waitpid(_pid, &status, 0);
        }
        while (result < 0 && Libc.Errno == Libc.EINTR);

        _exitCode = result == _pid ? Libc.ExitCodeOf(status) : 255;
        return _exitCode.Value;
    }

    public void Dispose() => Finish();

    private bool TryTake(int stream, out string line)
    {
        byte[] buffer = _buffers[stream];
        int length = _lengths[stream];
        int at = buffer.AsSpan(0, length).IndexOf((byte)'\n');
        bool isWhole = at >= 0;
        if (!isWhole && length < buffer.Length && (_fds[stream] >= 0 || length == 0))
        {
            line = "";
            return false;
        }

        at = isWhole ? at : length;
        line = Encoding.UTF8.GetString(buffer, 0, at).TrimEnd('\r');
        int taken = isWhole ? at + 1 : at;
        buffer.AsSpan(taken, length - taken).CopyTo(buffer);
        _lengths[stream] = length - taken;
        return true;
    }

    private void Fill(int stream)
    {
        nint n;
        fixed (byte* start = _buffers[stream])
        {
            n = Libc.read(_fds[stream], start + _lengths[stream], LineBytesMax - _lengths[stream]);
        }

        if (n > 0)
        {
            _lengths[stream] += (int)n;
        }
        else if (n == 0 || Libc.Errno != Libc.EINTR)
        {
            Close(stream);
        }
    }

    private void Close(int stream)
    {
        if (_fds[stream] >= 0)
        {
            _ = Libc.close(_fds[stream]);
            _fds[stream] = -1;
        }
    }
}
