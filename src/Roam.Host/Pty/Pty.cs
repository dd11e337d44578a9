using System.Text;
using Roam.Session;

namespace Roam.Host;

/// <summary>The master side of a pseudo-terminal and the program on its slave side. Non-blocking.</summary>
internal sealed unsafe class Pty : IDisposable
{
    private int _pid;

    private Pty(int fd, int pid)
    {
        Fd = fd;
        _pid = pid;
    }

    /// <summary>-1 once the program's side is closed.</summary>
    public int Fd { get; private set; }

    /// <summary>0 before the start and after the end was collected.</summary>
    public int Pid => _pid;

    /// <summary>How the program ended; unknown as long as that was not collected.</summary>
    public ProgramEnd End { get; private set; }

    /// <summary>Makes a pty of that size and starts the program on it, in a session of its own. Returns 0 or errno.</summary>
    public static int TryStart(in PtyProgram program, int width, int height, out Pty? pty)
    {
        pty = null;
        int master = Libc.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
        if (master < 0)
        {
            return Libc.Errno;
        }

        int errno = Prepare(master, width, height, out string slave);
        int pid = 0;
        if (errno == 0)
        {
            SpawnRequest request = new()
            {
                File = program.File,
                SearchPath = true,
                Arguments = program.Arguments,
                Environment = program.Environment,
                Terminal = slave,
                NewSession = true,
                WorkingDirectory = program.WorkingDirectory,
            };
            errno = Spawner.Start(request, out pid);
        }

        if (errno != 0)
        {
            _ = Libc.close(master);
            return errno;
        }

        pty = new Pty(master, pid);
        return 0;
    }

    /// <summary>
    /// Reads what is there, up to the buffer's size. Zero and not ended: nothing now. The system gives at most 4 KB at a time, so several reads fill one buffer.
    /// EIO is how Linux says that the last program has closed the slave side.
    /// </summary>
    public int Read(Span<byte> buffer, out bool ended)
    {
        int length = 0;
        ended = Fd < 0;
        fixed (byte* start = buffer)
        {
            while (!ended && length < buffer.Length)
            {
                nint n = Libc.read(Fd, start + length, buffer.Length - length);
                if (n > 0)
                {
                    length += (int)n;
                    continue;
                }

                if (n < 0 && Libc.Errno == Libc.EINTR)
                {
                    continue;
                }

                ended = n == 0 || Libc.Errno != Libc.EAGAIN;
                break;
            }
        }

        return length;
    }

    /// <summary>Returns how much the program's input queue took; 0 when it is full or the program is gone.</summary>
    public int Write(ReadOnlySpan<byte> input)
    {
        if (Fd < 0)
        {
            return input.Length;
        }

        nint n;
        fixed (byte* start = input)
        {
            do
            {
                n = Libc.write(Fd, start, input.Length);
            }
            while (n < 0 && Libc.Errno == Libc.EINTR);
        }

        // A program that is gone reads nothing any more: what it is sent is dropped, or the loop would wait for it for ever.
        return n >= 0 ? (int)n : Libc.Errno == Libc.EAGAIN ? 0 : input.Length;
    }

    /// <summary>Whether the kernel edits lines (ICANON) and echoes (ECHO), as the program has it now: on Linux the master's termios is the slave's. False: the program's side is closed.</summary>
    public bool TryGetLineFlags(out bool isCanonical, out bool echoes)
    {
        Libc.Termios termios;
        if (Fd < 0 || Libc.tcgetattr(Fd, &termios) != 0)
        {
            (isCanonical, echoes) = (false, false);
            return false;
        }

        isCanonical = (termios.LocalFlags & Libc.ICANON) != 0;
        echoes = (termios.LocalFlags & Libc.ECHO) != 0;
        return true;
    }

    public void Resize(int width, int height)
    {
        if (Fd >= 0)
        {
            SetSize(Fd, width, height);
        }
    }

    /// <summary>Collects the program's exit status if it has ended. True when it has.</summary>
    public bool TryReap()
    {
        if (_pid == 0)
        {
            return true;
        }

        int status;
        int result = Libc.waitpid(_pid, &status, Libc.WNOHANG);
        if (result == 0 || (result < 0 && Libc.Errno == Libc.EINTR))
        {
            return false;
        }

        End = result == _pid ? Libc.EndOf(status) : ProgramEnd.Unknown;
        _pid = 0;
        return true;
    }

    /// <summary>Closes the master: the program and its session get SIGHUP.</summary>
    public void Dispose()
    {
        if (Fd >= 0)
        {
            _ = Libc.close(Fd);
            Fd = -1;
        }
    }

    private static int Prepare(int master, int width, int height, out string slave)
    {
        slave = "";
        if (Libc.grantpt(master) != 0 || Libc.unlockpt(master) != 0)
        {
            return Libc.Errno;
        }

        const int NameBytesMax = 64;
        byte* name = stackalloc byte[NameBytesMax];
        int errno = Libc.ptsname_r(master, name, NameBytesMax);
        if (errno != 0)
        {
            return errno;
        }

        ReadOnlySpan<byte> text = new(name, NameBytesMax);
        slave = Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]);

        // IUTF8: the line discipline's own backspace takes a whole character. On Linux the master's termios is the slave's.
        Libc.Termios termios;
        if (Libc.tcgetattr(master, &termios) == 0)
        {
            termios.InputFlags |= Libc.IUTF8;
            _ = Libc.tcsetattr(master, Libc.TCSANOW, &termios);
        }

        SetSize(master, width, height);
        Libc.SetNonBlocking(master);
        return 0;
    }

    private static void SetSize(int fd, int width, int height)
    {
        Libc.WinSize size = new() { Columns = (ushort)Math.Clamp(width, 1, ushort.MaxValue), Rows = (ushort)Math.Clamp(height, 1, ushort.MaxValue) };
        _ = Libc.ioctl(fd, Libc.TIOCSWINSZ, &size);
    }
}
