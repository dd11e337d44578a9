using System.Text;

namespace Roam.Host;

/// <summary>
/// The user's terminal. Raw while the session runs; <see cref="Restore"/> puts everything back and may be called from any exit path, any number of times.
/// The device is opened anew so that it can be non-blocking: O_NONBLOCK on the inherited descriptor would reach the shell, which shares it.
/// </summary>
internal sealed unsafe class Tty : IDisposable
{
    private const int PathBytesMax = 256;

    private readonly bool _ownsInput;
    private readonly bool _ownsOutput;
    private Libc.Termios _saved;
    private bool _raw;
    private bool _disposed;

    private Tty(int input, bool ownsInput, int output, bool ownsOutput, Libc.Termios saved)
    {
        InputFd = input;
        _ownsInput = ownsInput;
        OutputFd = output;
        _ownsOutput = ownsOutput;
        _saved = saved;
    }

    public int InputFd { get; }

    public int OutputFd { get; }

    /// <summary>True: writes never block, whatever their length. Else only a write of a small piece after poll said so is safe.</summary>
    public bool OutputIsNonBlocking => _ownsOutput;

    /// <summary>What is written to the one is answered on the other: standard input and output are the same terminal.</summary>
    public static bool IsOneTerminal() => NameOf(0) is { } name && name == NameOf(1);

    /// <summary>Null: standard input or output is not a terminal; error says which.</summary>
    public static Tty? TryOpen(out string error)
    {
        Libc.Termios saved;
        if (Libc.isatty(0) != 1 || Libc.tcgetattr(0, &saved) != 0)
        {
            error = "standard input is not a terminal";
            return null;
        }

        if (Libc.isatty(1) != 1)
        {
            error = "standard output is not a terminal";
            return null;
        }

        error = "";
        int input = OpenAgain(0);
        int output = OpenAgain(1);
        return new Tty(input >= 0 ? input : 0, input >= 0, output >= 0 ? output : 1, output >= 0, saved);
    }

    public static bool TryGetSize(out int width, out int height) => Libc.TryGetWindowSize(0, out width, out height) || Libc.TryGetWindowSize(1, out width, out height);

    /// <summary>Raw mode, with IUTF8 as stock has it: an uncooked terminal that some program cooks again still knows characters.</summary>
    public void EnterRaw()
    {
        Libc.Termios raw = _saved;
        Libc.cfmakeraw(&raw);
        raw.InputFlags |= Libc.IUTF8;
        _ = Libc.tcsetattr(0, Libc.TCSANOW, &raw);
        _raw = true;
    }

    /// <summary>The modes as they were found. At once: waiting for the output to leave could wait for ever on a terminal that was stopped with Ctrl-S.</summary>
    public void Restore()
    {
        if (_raw)
        {
            _raw = false;
            fixed (Libc.Termios* saved = &_saved)
            {
                _ = Libc.tcsetattr(0, Libc.TCSANOW, saved);
            }
        }
    }

    /// <summary>Reads what is there. Zero and not ended: nothing now. Ended: end of file, or the terminal is gone.</summary>
    public int Read(Span<byte> buffer, out bool ended)
    {
        nint n;
        fixed (byte* start = buffer)
        {
            do
            {
                n = Libc.read(InputFd, start, buffer.Length);
            }
            while (n < 0 && Libc.Errno == Libc.EINTR);
        }

        ended = n == 0 || (n < 0 && Libc.Errno != Libc.EAGAIN);
        return (int)Math.Max(n, 0);
    }

    /// <summary>Throws away what was typed and not read yet.</summary>
    public void DiscardInput() => _ = Libc.tcflush(InputFd, Libc.TCIFLUSH);

    public void Dispose()
    {
        Restore();
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_ownsInput)
        {
            _ = Libc.close(InputFd);
        }

        if (_ownsOutput)
        {
            _ = Libc.close(OutputFd);
        }
    }

    private static int OpenAgain(int fd) =>
        NameOf(fd) is { } name ? Libc.open(name, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0) : -1;

    private static string? NameOf(int fd)
    {
        byte* name = stackalloc byte[PathBytesMax];
        if (Libc.ttyname_r(fd, name, PathBytesMax) != 0)
        {
            return null;
        }

        ReadOnlySpan<byte> path = new(name, PathBytesMax);
        return Encoding.UTF8.GetString(path[..path.IndexOf((byte)0)]);
    }
}
