using System.Buffers;

namespace Roam.Terminal;

/// <summary>
/// The way with history: frames are drawn on the terminal's main screen and lines that left it go to the terminal's own scrollback; the terminal's alternate screen is used while the program uses
/// its own. Chosen at <see cref="WriteOpen(IBufferWriter{byte}, bool)"/>.
/// </summary>
public sealed partial class TerminalPainter
{
    private static readonly PendingHistory NoHistory = new();

    private ScreenPainter<TerminalDialect>? _mainPainter;
    private TallCanvas<TerminalDialect>? _canvas;
    private bool _onMain;
    private bool _onAlternate;
    private int? _cursorRow;

    /// <summary>Rows that may have come back from the scrollback while the alternate screen was shown.</summary>
    private int _rowsBackMax;

    private bool _resizedHidden;

    /// <summary>The user wants history and the terminal can take it; whether there is any is the server's to say.</summary>
    public bool CanKeepHistory => Options.NativeScrollback && Options.AlternateScreen && Capabilities.TakesHistory;

    /// <summary>Opened so that history goes to the terminal's scrollback.</summary>
    public bool KeepsHistory => _onMain;

    /// <summary>
    /// The window was changed: the next paint does better with a report of the cursor's row (<see cref="WriteCursorQuestion"/>, <see cref="CursorReported"/>), which it is worth to wait
    /// <see cref="CursorWaitMillis"/> for. Without it no line is lost either, but rows that the terminal pushed into its scrollback come there twice.
    /// </summary>
    public bool WantsCursorReport { get; private set; }

    /// <summary>A terminal answers at once; more than this is not waited for, and the picture meanwhile is a broken one.</summary>
    public const int CursorWaitMillis = 200;

    private int LastUsedRow => _canvas?.LastUsedRow ?? 0;

    /// <summary>DSR 6. The private form (DECXCPR) could not be taken for a key, but tmux and others do not answer it.</summary>
    public static void WriteCursorQuestion(IBufferWriter<byte> destination) => destination.Write("\e[6n"u8);

    /// <summary>The cursor's row as the terminal reports it, 0 = top.</summary>
    public void CursorReported(int row) => _cursorRow = Math.Clamp(row, 0, Screen.SideMax);

    /// <summary>
    /// Draws a frame and commits what belongs above it, at most a chunk of <see cref="CanvasPlan.RowsMax"/> rows. True: more can be committed; paint again when the terminal has taken this, with a newer
    /// frame if there is one. Call it only when all earlier output was taken: what is committed here must not be dropped.
    /// </summary>
    public bool Paint(Screen to, PendingHistory pending, IBufferWriter<byte> destination)
    {
        Screen frame = Fitted(to);
        if (!_onMain)
        {
            PaintWhole(frame, destination);
            return false;
        }

        SettleSize(frame, pending, destination);
        if (frame.IsAlternate && !Capabilities.EnterAlternateScreen.IsEmpty)
        {
            EnterAlternate(destination);
            PaintWhole(frame, destination);
            return false;
        }

        PaintMain(frame, frame.IsAlternate ? NoHistory : pending, destination);
        return _canvas!.HasMore;
    }

    /// <summary>
    /// The last thing before <see cref="WriteClose"/>: all that has come is committed, what is still missing above the last frame is said. The frame is the newest without overlays, or null if there
    /// was none.
    /// </summary>
    public void PaintLast(Screen? to, PendingHistory pending, IBufferWriter<byte> destination)
    {
        if (!_onMain || to is null)
        {
            return;
        }

        if (to.IsAlternate)
        {
            SettleOnAlternate(to, pending, destination);
            return;
        }

        while (Paint(to, pending, destination))
        {
        }

        ulong above = _canvas!.LinesAbove;
        if (pending.Next < above)
        {
            // A logical line without its end is better than a gap.
            pending.AppendGap(pending.Wanted, above - Math.Min(above, pending.Wanted));
            while (Paint(to, pending, destination))
            {
            }
        }
    }

    /// <summary>The main screen's last frame is not known: what was seen of it stays, unless lines went by since.</summary>
    private void SettleOnAlternate(Screen to, PendingHistory pending, IBufferWriter<byte> destination)
    {
        if (to.LinesAbove <= _canvas!.LinesAbove && pending.Next >= _canvas.LinesAbove)
        {
            return;
        }

        Screen blank = to.Snapshot();
        blank.IsAlternate = false;
        for (int y = 0; y < blank.Height; y++)
        {
            blank.BlankRow(y, 0);
        }

        blank.Cursor = default;
        PaintLast(blank, pending, destination);
        blank.Release();
    }

    /// <summary>What is above the cursor's row goes to the scrollback as it is, and the session has the screen.</summary>
    private void OpenMain(ref ByteSink sink)
    {
        _onMain = true;
        _mainPainter ??= new ScreenPainter<TerminalDialect>(MainDialect);
        _canvas ??= new TallCanvas<TerminalDialect>(MainDialect);
        _canvas.StartAnew();
        WantsCursorReport = false;
        _cursorRow = null;
        sink.Put("\e[m\r"u8);
        sink.PutRepeated((byte)'\n', Math.Max(_height, 1) - 1);
        sink.Put("\e[H\e[?7h"u8);
    }

    private TerminalDialect MainDialect => new(Capabilities, Options.TitlePrefix, isMainScreen: true);

    private void PaintMain(Screen frame, PendingHistory pending, IBufferWriter<byte> destination)
    {
        if (_onAlternate)
        {
            ByteSink sink = new(destination);
            LeaveAlternate(ref sink);
            sink.Flush();
        }

        WriteBeside(frame, destination);
        _canvas!.MatchPushed(pending, frame);
        _mainPainter!.WriteCanvas(_canvas, _painted, isPlaceKnown: !_redraw, frame, pending, destination);
        Remember(frame);
    }

    /// <summary>The bottom right cell is erased first: xterm counts the rows that have left only when it draws, and not those it has not drawn before the switch.</summary>
    private void EnterAlternate(IBufferWriter<byte> destination)
    {
        if (_onAlternate)
        {
            return;
        }

        ByteSink sink = new(destination);
        sink.Put("\e[m\e["u8);
        sink.PutNumber(_height);
        sink.Put((byte)';');
        sink.PutNumber(_width);
        sink.Put("H\e[J"u8);
        _canvas!.LoseLastCell();
        EndKeyboard(ref sink);
        sink.Put(Capabilities.EnterAlternateScreen.Span);
        sink.Flush();
        _onAlternate = true;
        _redraw = true;
        _rowsBackMax = 0;
        _resizedHidden = false;
    }

    private void LeaveAlternate(ref ByteSink sink)
    {
        if (!_onAlternate)
        {
            return;
        }

        EndKeyboard(ref sink);
        sink.Put("\e[m"u8);
        sink.Put(Capabilities.LeaveAlternateScreen.Span);
        _onAlternate = false;
        _redraw = true;
        if (_resizedHidden)
        {
            _canvas!.ResizeHidden(ref sink, _width, _height, _rowsBackMax);
        }
    }

    /// <summary>Each of the terminal's screens has a stack of keyboard flags on some terminals, and on others they have one in common: it is as it was at the switch.</summary>
    private void EndKeyboard(ref ByteSink sink)
    {
        if (_pushedKeyboard)
        {
            _pushedKeyboard = false;
            sink.Put("\e[<u"u8);
        }

        if (_painted is not null)
        {
            _painted.Modes.KeyboardFlags = 0;
        }
    }

    private void ResizeMain(int oldWidth, int oldHeight)
    {
        if (!_onMain)
        {
            return;
        }

        if (_onAlternate)
        {
            _resizedHidden = true;
            _rowsBackMax = _width > oldWidth ? _height : Math.Min(_height, _rowsBackMax + Math.Max(0, _height - oldHeight));
            return;
        }

        WantsCursorReport = true;
        _cursorRow = null;
    }

    private void SettleSize(Screen frame, PendingHistory pending, IBufferWriter<byte> destination)
    {
        if (!WantsCursorReport)
        {
            return;
        }

        WantsCursorReport = false;
        ByteSink sink = new(destination);
        sink.Put("\e[m"u8);
        _canvas!.Resize(ref sink, frame.Width, frame.Height, _cursorRow, pending);
        sink.Flush();
        _cursorRow = null;
        _redraw = true;
    }

    private void LearnOnMain(bool looksOtherwise)
    {
        if (_canvas is null)
        {
            return;
        }

        _mainPainter = new ScreenPainter<TerminalDialect>(MainDialect);
        _canvas.Use(MainDialect);
        if (looksOtherwise)
        {
            _canvas.Forget();
        }
    }
}
