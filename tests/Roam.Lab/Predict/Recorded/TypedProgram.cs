using Roam.Host;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>A workload's program on a local pty with our emulator behind it, which answers its queries: the reference. It ends with this object.</summary>
internal sealed class TypedProgram : ITypingScene, IDisposable
{
    // Typing is slow: a program that reads none of so much will not read it at all.
    private const int InputPendingBytesMax = 64 << 10;
    private const int ReadBytesMax = 64 << 10;
    private const int HangupGraceMillis = 500;

    private readonly Pty _pty;
    private readonly byte[] _buffer = new byte[ReadBytesMax];
    private readonly List<byte> _input = [];
    private bool _ended;

    private TypedProgram(Pty pty)
    {
        _pty = pty;
        Emulator = new Emulator(TypingWorkload.Width, TypingWorkload.Height, new EmulatorOptions());
    }

    public Emulator Emulator { get; }

    public long LastOutputMicros { get; private set; }

    public bool HasEnded => _ended;

    /// <summary>0 once it was collected.</summary>
    public int Pid => _pty.Pid;

    /// <summary>To be polled, with <see cref="Events"/>.</summary>
    public int Fd => _pty.Fd;

    public short Events => (short)(Libc.POLLIN | (_input.Count > 0 ? Libc.POLLOUT : 0));

    public static TypedProgram Start(string[] command, List<byte[]> environment)
    {
        int errno = Pty.TryStart(new PtyProgram(command[0], command, environment, null), TypingWorkload.Width, TypingWorkload.Height, out Pty? pty);
        return pty is null ? throw new InvalidOperationException($"{command[0]} did not start: {Libc.ErrorText(errno)}") : new TypedProgram(pty);
    }

    /// <summary>One read of what the program wrote; it is on the emulator's screen then. Empty: nothing now.</summary>
    public ReadOnlySpan<byte> Read(long nowMicros)
    {
        SendPending();
        int length = _ended ? 0 : _pty.Read(_buffer, out _ended);
        if (length == 0)
        {
            return [];
        }

        LastOutputMicros = nowMicros;
        Emulator.Write(_buffer.AsSpan(0, length));
        if (!Emulator.Replies.IsEmpty)
        {
            Send(Emulator.Replies);
            Emulator.ClearReplies();
        }

        return _buffer.AsSpan(0, length);
    }

    /// <summary>What the keyboard sends; returns the bytes.</summary>
    public byte[] Type(Keystroke key)
    {
        byte[] bytes = key.BytesFor(Emulator.ApplicationCursorKeys);
        Send(bytes);
        return bytes;
    }

    public bool TryGetLineFlags(out bool canonical, out bool echo) => _pty.TryGetLineFlags(out canonical, out echo);

    public bool Shows(string text)
    {
        Screen screen = Emulator.FrameScreen;
        for (int y = 0; y < screen.Height; y++)
        {
            if (ScreenText.Row(screen, y).Contains(text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Hangs up; a program that does not end by that is killed, with all of its process group.</summary>
    public void Dispose()
    {
        int pid = Pid;
        _pty.Dispose();
        for (int waited = 0; !_pty.TryReap(); waited++)
        {
            if (waited == HangupGraceMillis)
            {
                _ = Libc.kill(-pid, Libc.SIGKILL);
                _ = Libc.kill(pid, Libc.SIGKILL);
            }

            Thread.Sleep(1);
        }
    }

    private void Send(ReadOnlySpan<byte> input)
    {
        _input.AddRange(input);
        if (_input.Count > InputPendingBytesMax)
        {
            throw new InvalidOperationException("the program does not read its input");
        }

        SendPending();
    }

    private void SendPending()
    {
        if (_input.Count > 0)
        {
            int taken = _pty.Write(_input.ToArray());
            _input.RemoveRange(0, Math.Min(taken, _input.Count));
        }
    }
}
