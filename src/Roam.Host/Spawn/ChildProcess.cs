using System.Text;

namespace Roam.Host;

/// <summary>A program started with the caller's standard input, its output and errors joined into one pipe that is read line by line.</summary>
public sealed unsafe class ChildProcess : IDisposable
{
    // A line longer than this is handed out in pieces of this length: a remote that never sends an end of line must not fill the memory.
    private const int LineBytesMax = 64 * 1024;

    private readonly byte[] _buffer = new byte[LineBytesMax];
    private int _output;
    private int _start;
    private int _end;
    private bool _ended;
    private int? _exitCode;

    private ChildProcess(int pid, int output)
    {
        Pid = pid;
        _output = output;
    }

    public int Pid { get; }

    /// <summary>Finds argv[0] in PATH. Null: error says why (not found, not executable).</summary>
    public static ChildProcess? TryStart(IReadOnlyList<string> argv, out string error)
    {
        int* pipe = stackalloc int[2];
        if (Libc.pipe2(pipe, Libc.O_CLOEXEC) != 0)
        {
            error = Libc.ErrorText(Libc.Errno);
            return null;
        }

        SpawnRequest request = new() { File = argv[0], SearchPath = true, Arguments = argv, Descriptors = [Spawner.Inherit, pipe[1], pipe[1]] };
        int errno = Spawner.Start(request, out int pid);
        _ = Libc.close(pipe[1]);
        if (errno != 0)
        {
            _ = Libc.close(pipe[0]);
            error = Libc.ErrorText(errno);
            return null;
        }

        error = "";
        return new ChildProcess(pid, pipe[0]);
    }

    /// <summary>Replaces this process by the program (execvp), with NAME=VALUE additions to the environment; it inherits the kept descriptors. Returns only when that failed: the reason.</summary>
    public static string Replace(IReadOnlyList<string> argv, IReadOnlyList<string> environmentAdditions, params IReadOnlyList<int> keptDescriptors)
    {
        foreach (string addition in environmentAdditions)
        {
            ProcessEnvironment.SetPair(addition);
        }

        return Libc.ErrorText(Spawner.Replace(argv, keptDescriptors));
    }

    /// <summary>Waits for the next line, without its end (LF or CR LF). Null at the end of the output.</summary>
    public string? ReadLine()
    {
        int searched = _start;
        while (true)
        {
            int at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                return Take(searched + at - _start, 1);
            }

            searched = _end;
            if (_ended)
            {
                return _end > _start ? Take(_end - _start, 0) : null;
            }

            if (_end - _start == LineBytesMax)
            {
                return Take(LineBytesMax, 0);
            }

            searched -= _start;
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            Fill();
        }
    }

    /// <summary>Waits for the end: exit code, or 128 + signal number.</summary>
    public int WaitForExit()
    {
        if (_exitCode is { } known)
        {
            return known;
        }

        int status = 0;
        int result;
        do
        {
            result = Libc.waitpid(Pid, &status, 0);
        }
        while (result < 0 && Libc.Errno == Libc.EINTR);

        _exitCode = result == Pid ? Libc.ExitCodeOf(status) : 255;
        return _exitCode.Value;
    }

    /// <summary>Closes the pipe; a child that still writes gets SIGPIPE. It is not waited for.</summary>
    public void Dispose()
    {
        if (_output >= 0)
        {
            _ = Libc.close(_output);
            _output = -1;
        }
    }

    private string Take(int length, int terminatorLength)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length + terminatorLength;
        if (terminatorLength == 1 && line.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        return Encoding.UTF8.GetString(line);
    }

    private void Fill()
    {
        nint n;
        do
        {
            fixed (byte* start = _buffer)
            {
                n = Libc.read(_output, start + _end, _buffer.Length - _end);
            }
        }
        while (n < 0 && Libc.Errno == Libc.EINTR);

        _ended = n <= 0;
        _end += (int)Math.Max(n, 0);
    }
}
