using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// The user's terminal as the session's picture: opened, painted, put back. It is drawn on the main screen as soon as the server has said that lines will come for the terminal's scrollback;
/// what is shown before (the connecting notice, a first picture without that word) is on the alternate screen.
/// </summary>
internal sealed unsafe class ClientDisplay(Tty tty, TtyOutput output, TerminalPainter painter, TerminalProbe? probe, ClientSession session)
{
    // How long a terminal that takes nothing may hold up the end of the program.
    private const long CloseMaxMillis = 1000;

    private bool _isPainterOpen;
    private bool _wasPainterOpen;
    private bool _native;
    private Instant _cursorUntil;

    /// <summary>The terminal is the session's, in raw mode.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The terminal is gone.</summary>
    public bool IsBroken => output.IsBroken;

    /// <summary>When <see cref="Paint"/> has something to do although nothing happens.</summary>
    public Instant NextTimeout => !IsOpen || !output.IsEmpty ? Instant.Never : painter.WantsCursorReport ? _cursorUntil : session.NextLines;

    /// <summary>The window was changed. Where the cursor stands now tells what the terminal did with the rows; the next picture waits a moment for that.</summary>
    public void Resize(Instant now, int width, int height)
    {
        painter.Resize(width, height);
        if (IsOpen && painter.WantsCursorReport && probe is not null)
        {
            probe.AskCursor(now, output);
            _cursorUntil = now.PlusMillis(TerminalPainter.CursorWaitMillis);
        }
    }

    public void Open(Instant now)
    {
        tty.EnterRaw();
        IsOpen = true;
        probe?.Ask(now, output);
        if (_wasPainterOpen)
        {
            OpenPainter();
        }
    }

    /// <summary>Puts the terminal back: what has come is committed, the last picture stays where the user can see it, modes off, cooked. From any state, more than once.</summary>
    public void Close()
    {
        if (IsOpen)
        {
            IsOpen = false;
            if (_isPainterOpen)
            {
                PaintLast();
                painter.WriteClose(output);
                _isPainterOpen = false;
            }

            Drain(SystemClock.Now.PlusMillis(CloseMaxMillis));
            probe?.Finish();
        }

        tty.Restore();
    }

    /// <summary>A frame is asked for only when the terminal has taken the one before: a slow terminal sees fewer frames, each of them the newest.</summary>
    public void Paint(Instant now)
    {
        output.Flush();
        if (output.Overflowed)
        {
            output.ClearOverflow();
            painter.Repaint();
        }

        if (probe is not null && probe.TryTakeCursor(out int row))
        {
            painter.CursorReported(row);
            _cursorUntil = now;
        }

        if (painter.WantsCursorReport && now < _cursorUntil)
        {
            return;
        }

        if (output.IsBroken || !IsOpen || !output.IsEmpty || !session.PollScreen(now, out Screen frame))
        {
            return;
        }

        Choose();
        bool hasMore = painter.Paint(frame, session.History, output);
        session.LinesPainted(now, hasMore);
        output.Flush();
    }

    private void Choose()
    {
        if (!_native && session.HasHistory && painter.CanKeepHistory)
        {
            _native = true;
            if (_isPainterOpen)
            {
                painter.WriteClose(output);
                _isPainterOpen = false;
            }
        }

        if (!_isPainterOpen)
        {
            OpenPainter();
        }
    }

    private void OpenPainter()
    {
        _isPainterOpen = _wasPainterOpen = true;
        painter.WriteOpen(output, _native);
    }

    private void PaintLast()
    {
        if (!painter.KeepsHistory || session.LastPicture is not { } last)
        {
            return;
        }

        Instant until = SystemClock.Now.PlusMillis(CloseMaxMillis);
        Drain(until);
        while (output.IsEmpty && !output.IsBroken && painter.Paint(last, session.History, output) && SystemClock.Now < until)
        {
            session.ReadHistory(SystemClock.Now);
            Drain(until);
        }

        painter.PaintLast(last, session.History, output);
    }

    private void Drain(Instant until)
    {
        Libc.PollFd fd = new() { Fd = output.Fd, Events = Libc.POLLOUT };
        output.Flush();
        while (!output.IsEmpty && SystemClock.Now < until)
        {
            LoopWait.Poll(&fd, 1, until);
            output.Flush();
        }
    }
}
