using System.Buffers;

namespace Roam.Terminal;

/// <summary>
/// Draws screens on the user's real terminal: keeps a snapshot of what it painted last and writes the difference.
/// Order: WriteOpen, any number of Paint, <see cref="WriteClose"/>; after a close (suspend, exit) it may be opened again.
/// </summary>
public sealed partial class TerminalPainter
{
    private readonly ExtrasWriter _extras;
    private ScreenPainter<TerminalDialect> _painter;
    private Screen? _painted;
    private bool _redraw = true;
    private bool _usedPrivateModes;
    private bool _usedShapes;
    private bool _pushedTitles;
    private bool _pushedKeyboard;
    private int _width;
    private int _height;

    public TerminalPainter(TerminalCapabilities capabilities)
        : this(capabilities, TerminalPainterOptions.Default)
    {
    }

    public TerminalPainter(TerminalCapabilities capabilities, TerminalPainterOptions options)
    {
        Capabilities = capabilities;
        Options = options;
        _painter = new ScreenPainter<TerminalDialect>(new TerminalDialect(capabilities, options.TitlePrefix));
        _extras = new ExtrasWriter(capabilities);
    }

    public TerminalCapabilities Capabilities { get; private set; }

    public TerminalPainterOptions Options { get; }

    /// <summary>More is known of the terminal. True: what it shows would look otherwise now, so the next paint is a full one.</summary>
    public bool Learn(TerminalCapabilities capabilities)
    {
        TerminalCapabilities known = Capabilities;
        if (capabilities == known)
        {
            return false;
        }

        Capabilities = capabilities;
        _painter = new ScreenPainter<TerminalDialect>(new TerminalDialect(capabilities, Options.TitlePrefix));
        _extras.Learn(capabilities);
        bool looksOtherwise = known != capabilities with
        {
            SynchronizedOutput = known.SynchronizedOutput,
            Repeat = known.Repeat,
            StringLengthMax = known.StringLengthMax,
            Progress = known.Progress,
            Notifications = known.Notifications,
        };
        _redraw |= looksOtherwise;
        LearnOnMain(looksOtherwise);
        return looksOtherwise;
    }

    /// <summary>The real terminal's size. A change makes the next paint redraw everything; frames of another size are cut or extended with blanks.</summary>
    public void Resize(int width, int height)
    {
        int newWidth = Math.Clamp(width, 1, Screen.SideMax);
        int newHeight = Math.Clamp(height, 1, Math.Min(Screen.SideMax, Screen.AreaMax / newWidth));
        if (newWidth != _width || newHeight != _height)
        {
            (int oldWidth, int oldHeight) = (_width, _height);
            _width = newWidth;
            _height = newHeight;
            _redraw = true;
            ResizeMain(oldWidth, oldHeight);
        }
    }

    /// <summary>The next paint redraws everything (Ctrl-L, SIGCONT).</summary>
    public void Repaint()
    {
        _redraw = true;
        _extras.Repaint();
        _canvas?.Forget();
    }

    /// <summary>Takes its own snapshot of the frame; the caller keeps ownership of <paramref name="to"/>.</summary>
    public void Paint(Screen to, IBufferWriter<byte> destination) => PaintWhole(Fitted(to), destination);

    /// <summary>A snapshot of the terminal's size.</summary>
    private Screen Fitted(Screen to)
    {
        Screen frame = to.Snapshot();
        if (_width != 0 && (frame.Width != _width || frame.Height != _height))
        {
            // Rows that are cut at the top are lines above the frame as well: they come as history.
            frame.LinesAbove += frame.IsAlternate ? 0 : (ulong)Math.Max(0, frame.Cursor.Row - (_height - 1));
            frame.Resize(_width, _height);
        }

        return frame;
    }

    private void PaintWhole(Screen frame, IBufferWriter<byte> destination)
    {
        WriteBeside(frame, destination);
        if (_redraw || _painted is null || frame.Width != _painted.Width || frame.Height != _painted.Height)
        {
            _painter.WriteAll(_painted, frame, destination);
        }
        else
        {
            _painter.WriteUpdate(_painted, frame, destination);
        }

        Remember(frame);
    }

    private void Remember(Screen frame)
    {
        ScreenModes modes = frame.Modes;
        _usedPrivateModes |= modes.ReverseVideo || modes.BracketedPaste || modes.FocusEvents || modes.Mouse != 0 || modes.MouseEncoding != 0;
        _usedShapes |= frame.Cursor.Shape != CursorShape.Default;
        _painted?.Release();
        _painted = frame;
        _redraw = false;
    }

    /// <summary>What is not in the cells of any screen.</summary>
    private void WriteBeside(Screen frame, IBufferWriter<byte> destination)
    {
        _extras.Write(frame.Extras, destination);
        PutAside(frame, destination);
    }

    /// <summary>
    /// What the terminal can keep for the user, before the session changes it for the first time: titles (XTWINOPS 22) and the flags of kitty's keyboard protocol, of which each of
    /// the terminal's screens has a stack.
    /// </summary>
    private void PutAside(Screen frame, IBufferWriter<byte> destination)
    {
        if (!_pushedTitles && Capabilities.TitleStack && (frame.Title is not null || frame.IconName is not null))
        {
            _pushedTitles = true;
            destination.Write("\e[22;0t"u8);
        }

        if (!_pushedKeyboard && frame.Modes.KeyboardFlags != 0)
        {
            _pushedKeyboard = true;
            destination.Write("\e[>u"u8);
        }
    }

    /// <summary>smcup (unless switched off), application cursor keys. The next paint draws everything.</summary>
    public void WriteOpen(IBufferWriter<byte> destination) => WriteOpen(destination, nativeScrollback: false);

    /// <summary>The same; with history going to the terminal's own scrollback, if both can (<see cref="CanKeepHistory"/>), on the main screen. The choice holds until the program ends.</summary>
    public void WriteOpen(IBufferWriter<byte> destination, bool nativeScrollback)
    {
        ByteSink sink = new(destination);
        if (nativeScrollback && CanKeepHistory)
        {
            OpenMain(ref sink);
        }
        else if (Options.AlternateScreen)
        {
            sink.Put(Capabilities.EnterAlternateScreen.Span);
        }

        sink.Put("\e[?1h"u8);
        sink.Flush();
        _redraw = true;
    }

    /// <summary>
    /// Every mode that a session may have set is reset, whether it was set or not, and the user's own screen comes back. A terminal that may not know
    /// a mode, and a cursor of the user's own shape, are left alone unless the session used them.
    /// </summary>
    public void WriteClose(IBufferWriter<byte> destination)
    {
        ByteSink sink = new(destination);
        if (Capabilities.SynchronizedOutput)
        {
            sink.Put(SynchronizedUpdate.End);
        }

        LeaveAlternate(ref sink);

        sink.Put("\e[0m"u8);
        if (Capabilities.CursorVisibility)
        {
            sink.Put("\e[?25h"u8);
        }

        if (Capabilities.PrivateModes || _usedPrivateModes)
        {
            sink.Put("\e[?5l"u8);
            ModeWriter.WriteMouseOff(ref sink);
            sink.Put("\e[?1004l\e[?2004l"u8);
        }

        WriteKeyboardClose(ref sink);
        _extras.WriteClose(ref sink);
        sink.Put("\e[?1l\e>"u8);
        if (Capabilities.CursorShape && _usedShapes)
        {
            sink.Put("\e[0 q"u8);
        }

        if (Capabilities.ScrollRegion && _painted is not null)
        {
            sink.Put("\e[r"u8);
        }

        if (_pushedTitles)
        {
            sink.Put("\e[23;0t"u8);
            _pushedTitles = false;
        }

        bool leaves = !_onMain && Options.AlternateScreen && !Capabilities.LeaveAlternateScreen.IsEmpty;
        if (leaves)
        {
            sink.Put(Capabilities.LeaveAlternateScreen.Span);
        }
        else if (_painted is not null)
        {
            // Stay below what was drawn: the shell's prompt comes next.
            sink.Put("\e["u8);
            sink.PutNumber(_onMain ? LastUsedRow + 1 : _painted.Height);
            sink.Put("H\r\n"u8);
        }

        sink.Flush();
        _redraw = true;
    }

    /// <summary>
    /// The keyboard and the wheel as they were before the session: kitty's flags from its stack, xterm's resources as they were configured. All modes count as reset from now on,
    /// so that they are set again if the session goes on.
    /// </summary>
    private void WriteKeyboardClose(ref ByteSink sink)
    {
        ScreenModes modes = _painted?.Modes ?? default;
        if (_painted is not null)
        {
            _painted.Modes = default;
        }

        modes.KeyboardFlags = 0;
        sink.Put(_pushedKeyboard ? "\e[<u"u8 : ""u8);
        _pushedKeyboard = false;
        ScreenModes own = default;
        (own.ModifyOtherKeys, own.FormatOtherKeys) = (modes.ModifyOtherKeys, modes.FormatOtherKeys);
        ModeWriter.WriteTouched(ref sink, modes, own);
        sink.Put(modes.ModifyOtherKeys != 0 ? "\e[>4m"u8 : ""u8);
        sink.Put(modes.FormatOtherKeys != 0 ? "\e[>4f"u8 : ""u8);
    }
}
