using Roam.Host;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// The user's own terminal drives the program. It is drawn on by the painter, as in a session of Roam: the program's queries are answered by our emulator and
/// never reach the real terminal, whose answers would be other ones.
/// </summary>
internal sealed unsafe class InteractiveTyping(ProgramRecorder program, Tty tty)
{
    private const int InputBytesMax = 4096;
    private const int PollMillisMax = 50;

    private readonly TtyOutput _output = new(tty.OutputFd, tty.OutputIsNonBlocking);
    private readonly UserInputTranslator _keys = new();
    private (int Width, int Height) _size = (program.Emulator.Screen.Width, program.Emulator.Screen.Height);
    private bool _inputEnded;

    /// <summary>Until the program ends, or a signal asks to. The terminal is put back in any case.</summary>
    public void Run(Instant deadline)
    {
        TerminalPainter painter = new(Capabilities(), new TerminalPainterOptions { TitlePrefix = "[rec] " });
        try
        {
            tty.EnterRaw();
            painter.WriteOpen(_output);
            while (!program.HasEnded && !_inputEnded && !_output.IsBroken && SystemClock.Now < deadline)
            {
                Turn(painter);
            }
        }
        finally
        {
            painter.WriteClose(_output);
            _output.Flush();
            tty.Restore();
        }
    }

    private void Turn(TerminalPainter painter)
    {
        Libc.PollFd* fds = stackalloc Libc.PollFd[3];
        fds[0] = new Libc.PollFd { Fd = program.Fd, Events = program.Events };
        fds[1] = new Libc.PollFd { Fd = tty.InputFd, Events = Libc.POLLIN };
        fds[2] = new Libc.PollFd { Fd = _output.IsEmpty ? -1 : _output.Fd, Events = Libc.POLLOUT };
        LoopWait.Poll(fds, 3, SystemClock.Now.PlusMillis(PollMillisMax));
        if (fds[1].Revents != 0)
        {
            Type();
        }

        if (Tty.TryGetSize(out int width, out int height) && (width, height) != _size)
        {
            _size = (width, height);
            program.Resize(width, height);
            painter.Resize(width, height);
        }

        program.Pump();
        if (_output.IsEmpty)
        {
            painter.Paint(program.Emulator.FrameScreen, _output);
        }

        _output.Flush();
    }

    private void Type()
    {
        Span<byte> typed = stackalloc byte[InputBytesMax];
        Span<byte> keys = stackalloc byte[InputBytesMax + UserInputTranslator.PendingMax];
        int length = tty.Read(typed, out bool ended);
        _inputEnded |= ended;
        int count = _keys.Translate(typed[..length], keys, program.Emulator.InputModes);
        if (count > 0)
        {
            program.Send(keys[..count]);
        }
    }

    private static TerminalCapabilities Capabilities()
    {
        string? term = ProcessEnvironment.Get("TERM");
        return TerminalCapabilities.From(TerminalDescription.TryLoad(term ?? ""), term, ProcessEnvironment.Get("COLORTERM"));
    }
}
