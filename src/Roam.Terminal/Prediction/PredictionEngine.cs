namespace Roam.Terminal;

/// <summary>
/// Predictive local echo (Winstein and Balakrishnan, USENIX ATC 2012, and the rules of docs/prediction.md). Guesses are made in epochs. An epoch is tentative,
/// its guesses unseen, until the program echoes one of them, or until the place where typing goes on is one that has always echoed: a known prompt, an editor in
/// a known mode. Whatever may move the cursor where we cannot follow is a break: nothing is guessed until its answer shows where the cursor stands.
/// This file: the state and the order of things. The others: what keys do (Typing, Editing, Enter), where typing goes on (Breaks), whom to trust (Trust), judging.
/// </summary>
public sealed partial class PredictionEngine(PredictionMode mode, bool overwrite) : IPredictor
{
    /// <summary>A read of more bytes is a paste: nobody waits for its echo, and guessing at it costs more than it gives.</summary>
    public const int PasteBytesMin = 101;

    /// <summary>While something is outstanding and a time trigger may fire, the session wakes this often.</summary>
    private const long WakeMicros = 50_000;

    private readonly GuessGrid _grid = new();
    private readonly CursorTrail _trail = new();
    private readonly TypedAhead _ahead = new();
    private readonly ShowTriggers _triggers = new();
    private readonly FullScreenSense _sense = new();
    private readonly Ruler _ruler = new();
    private KeyRecognizer _keys;

    // Epochs up to the confirmed one are shown.
    private long _epoch = 1;
    private long _confirmedEpoch;

    // The key being typed, or typed last.
    private long _key;
    private long _keyMicros;
    private ulong _newestDue;

    private long _sendIntervalMillis;
    private ulong _frameSent;
    private ulong _lateAcked;
    private ulong _screenNumber;
    private FarTerminal _far;
    private ulong _seenScreenNumber = ulong.MaxValue;
    private ulong _seenLateAcked;
    private long _seenMicros;

    // What the guesses refer to: another size or other tables make them meaningless.
    private int _width;
    private int _height;
    private ScreenTables? _tables;

    public PredictionMode Mode => mode;

    public void SetLink(long sendIntervalMillis) => _sendIntervalMillis = sendIntervalMillis;

    public void SetFrames(ulong frameSent, ulong frameAcked, ulong lateAcked, ulong screenNumber)
    {
        _frameSent = frameSent;
        _lateAcked = lateAcked;
        _screenNumber = screenNumber;
    }

    public void SetFarTerminal(FarTerminal far) => _far = far;

    public void NewUserInput(long nowMicros, ReadOnlySpan<byte> input, Screen remote)
    {
        if (mode == PredictionMode.Never)
        {
            return;
        }

        if (input.Length >= PasteBytesMin)
        {
            Reset();
            _keys.Reset();
            return;
        }

        See(nowMicros, remote);
        foreach (byte b in input)
        {
            Take(nowMicros, _keys.Take(b), remote);
        }

        if (_keys.TakeLoneEscape())
        {
            Take(nowMicros, new TypedKey(TypedKeyKind.Escape), remote);
        }
    }

    /// <summary>What is on its way is not known any more: typing goes on once all of it is answered.</summary>
    public void Reset()
    {
        Forget();
        _motions.Clear();
        _scrolled.Forget();
        _bar.Forget();
        _line = default;
        _enter.Hide();
    }

    public void Overlay(long nowMicros, Screen screen)
    {
        if (mode == PredictionMode.Never)
        {
            return;
        }

        See(nowMicros, screen);
        if (mode != PredictionMode.Adaptive || _triggers.Shows)
        {
            Draw(screen);
        }
    }

    public bool NextTimeout(long nowMicros, out long atMicros)
    {
        bool waits = _grid.Count != 0 && _triggers.MayFire;
        atMicros = waits ? _seenMicros + WakeMicros : long.MaxValue;
        if (_escapeGraceUntilMicros != 0)
        {
            atMicros = Math.Min(atMicros, _escapeGraceUntilMicros);
        }

        return atMicros != long.MaxValue;
    }

    private long ShownEpoch => mode == PredictionMode.Experimental ? long.MaxValue : _confirmedEpoch;

    private bool IsAllAnswered => _lateAcked >= _newestDue;

    /// <summary>The program has the whole screen for itself.</summary>
    private bool IsFullScreen => (_far.IsKnown && _far.IsAlternateScreen) || _sense.IsFullScreen;

    private void Take(long nowMicros, TypedKey key, Screen screen)
    {
        if (key.Kind == TypedKeyKind.None)
        {
            return;
        }

        bool wasAnswered = IsAllAnswered;
        _key++;
        _keyMicros = nowMicros;
        _newestDue = _frameSent + 1;
        Type(key, screen, wasAnswered);
    }

    /// <summary>Judges by the newest screen, once for each.</summary>
    private void See(long nowMicros, Screen screen)
    {
        _seenMicros = nowMicros;
        if (screen.Width != _width || screen.Height != _height || !ReferenceEquals(screen.Tables, _tables))
        {
            _width = screen.Width;
            _height = screen.Height;
            _tables = screen.Tables;
            _sense.Reset();
            Reset();
        }

        _triggers.SeeLink(_sendIntervalMillis, _grid.Count != 0 || !_trail.IsEmpty);
        bool isGraceOver = _escapeGraceUntilMicros != 0 && nowMicros >= _escapeGraceUntilMicros;
        if (_screenNumber != _seenScreenNumber || _lateAcked != _seenLateAcked || isGraceOver)
        {
            _seenScreenNumber = _screenNumber;
            _seenLateAcked = _lateAcked;
            SeeFrame(nowMicros, screen);
            _escapeGraceUntilMicros = isGraceOver ? 0 : _escapeGraceUntilMicros;
        }

        SeeAges(nowMicros);
    }

    private void SeeFrame(long nowMicros, Screen screen)
    {
        _sense.See(screen);
        _vi.See(screen, IsFullScreen, _lateAcked);
        if (IsFullScreen)
        {
            _pendingCommand.See(screen, _lateAcked);
            _ruler.See(screen);
            _bar.See(screen, _lateAcked, _steps);
        }
        else
        {
            _scrolled.Forget();
            _bar.Forget();
            _ruler.Reset();
        }

        if (_far.ReadsSecret)
        {
            DropForSecret();
        }

        if (_far is not { IsCanonical: true, Echoes: true })
        {
            _kernelLines = 0;
        }

        _enter.See(screen, _lateAcked);
        JudgeTrials(screen);
        JudgeMotions(screen);
        _scrolled.See(screen, _lateAcked, _scrolls);
        JudgeCells(nowMicros, screen);
        if (_awaitsBreak && _lateAcked >= _breakDue)
        {
            AnswerBreak(screen);
        }
        else
        {
            JudgeCursor(screen);
        }

        if (_fresh && !_awaitsBreak && IsAllAnswered)
        {
            LookForPrompt(screen);
        }

        _ahead.DropAnswered(_lateAcked);
        _grid.RemoveEmptyRows();
    }

    private void Draw(Screen screen)
    {
        if (_far.ReadsSecret)
        {
            _enter.Draw(screen);
            return;
        }

        bool underlines = _triggers.Underlines;
        for (int i = 0; i < _grid.Count; i++)
        {
            GuessPainter.DrawRow(screen, _grid[i], ShownEpoch, underlines);
        }

        if (_trail.TryFindShown(ShownEpoch, out TrailPoint cursor))
        {
            screen.Cursor = screen.Cursor with { Row = cursor.Row, Column = cursor.Column, PendingWrap = false };
        }

        if (IsFullScreen)
        {
            _ruler.Draw(screen);
            _bar.Draw(screen);
        }

        _scrolled.Draw(screen);
        _enter.Draw(screen);
    }
}
