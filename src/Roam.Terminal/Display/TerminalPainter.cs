using System.Buffers;

namespace Roam.Terminal;

/// <summary>
/// Draws screens on the user's real terminal: keeps a snapshot of what it painted last and writes the difference.
/// Order: <see cref="WriteOpen"/>, any number of <see cref="Paint"/>, <see cref="WriteClose"/>; after a close (suspend, exit) it may be opened again.
/// </summary>
public sealed class TerminalPainter(TerminalCapabilities capabilities, TerminalPainterOptions options)
{
    private readonly ScreenPainter<TerminalDialect> _painter = new(new TerminalDialect(capabilities, options.TitlePrefix));
    private Screen? _painted;
    private bool _redraw = true;
    private int _width;
    private int _height;

    public TerminalPainter(TerminalCapabilities capabilities)
        : this(capabilities, TerminalPainterOptions.Default)
    {
    }

    public TerminalCapabilities Capabilities => capabilities;

    public TerminalPainterOptions Options => options;

    /// <summary>The real terminal's size. A change makes the next paint redraw everything; frames of another size are cut or extended with blanks.</summary>
    public void Resize(int width, int height)
    {
        int newWidth = Math.Clamp(width, 1, Screen.SideMax);
        int newHeight = Math.Clamp(height, 1, Math.Min(Screen.SideMax, Screen.AreaMax / newWidth));
        if (newWidth != _width || newHeight != _height)
        {
            _width = newWidth;
            _height = newHeight;
            _redraw = true;
        }
    }

    /// <summary>The next <see cref="Paint"/> redraws everything (Ctrl-L, SIGCONT).</summary>
    public void Repaint() => _redraw = true;

    /// <summary>Takes its own snapshot of the frame; the caller keeps ownership of <paramref name="to"/>.</summary>
    public void Paint(Screen to, IBufferWriter<byte> destination)
    {
        Screen frame = to.Snapshot();
        if (_width != 0 && (frame.Width != _width || frame.Height != _height))
        {
            frame.Resize(_width, _height);
        }

        if (_redraw || _painted is null || frame.Width != _painted.Width || frame.Height != _painted.Height)
        {
            _painter.WriteAll(_painted, frame, destination);
        }
        else
        {
            _painter.WriteUpdate(_painted, frame, destination);
        }

        _painted?.Release();
        _painted = frame;
        _redraw = false;
    }

    /// <summary>smcup (unless switched off), application cursor keys. The next paint draws everything.</summary>
    public void WriteOpen(IBufferWriter<byte> destination)
    {
        ByteSink sink = new(destination);
        if (options.AlternateScreen)
        {
            sink.Put(capabilities.EnterAlternateScreen.Span);
        }

        sink.Put("\e[?1h"u8);
        sink.Flush();
        _redraw = true;
    }

    /// <summary>Every mode that a session may have set is reset, whether it was set or not (but for <see cref="ModeWriter.WriteTouched"/>), and the user's own screen comes back.</summary>
    public void WriteClose(IBufferWriter<byte> destination)
    {
        ByteSink sink = new(destination);
        sink.Put("\e[0m\e[?25h\e[?5l"u8);
        ModeWriter.WriteMouseOff(ref sink);
        sink.Put("\e[?1004l\e[?2004l\e[?1l\e>"u8);
        ModeWriter.WriteTouched(ref sink, _painted?.Modes ?? default, default);
        if (capabilities.CursorShape)
        {
            sink.Put("\e[0 q"u8);
        }

        if (capabilities.ScrollRegion && _painted is not null)
        {
            sink.Put("\e[r"u8);
        }

        bool leaves = options.AlternateScreen && !capabilities.LeaveAlternateScreen.IsEmpty;
        if (leaves)
        {
            sink.Put(capabilities.LeaveAlternateScreen.Span);
        }
        else if (_painted is not null)
        {
            // Stay below what was drawn: the shell's prompt comes next.
            sink.Put("\e["u8);
            sink.PutNumber(_painted.Height);
            sink.Put("H\r\n"u8);
        }

        sink.Flush();
        _redraw = true;
    }
}
