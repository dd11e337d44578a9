namespace Roam.Terminal;

/// <summary>
/// Predictive local echo as users of mosh 1.4 know it (Winstein and Balakrishnan, USENIX ATC 2012). Guesses are made in epochs. An epoch is tentative, its
/// guesses unseen, until the server confirms one of them; whatever may change how the program echoes begins a new epoch. So nothing typed while echo is
/// off is ever shown. This file: state and the order of things; the other two: what a key does, and judging.
/// </summary>
public sealed partial class StockPredictor(PredictionMode mode, bool overwrite) : IPredictor
{
    /// <summary>A read of more bytes is a paste: nobody waits for its echo, and guessing at it costs more than it gives.</summary>
    public const int PasteBytesMin = 101;

    /// <summary>While something is outstanding and a time trigger may fire, the session wakes this often.</summary>
    private const long WakeMicros = 50_000;

    private readonly GuessGrid _grid = new();
    private readonly CursorGuesses _cursors = new();
    private readonly ShowTriggers _triggers = new();
    private KeyRecognizer _keys;
    private long _epoch = 1;
    private long _confirmedEpoch;
    private long _sendIntervalMillis;
    private ulong _frameSent;
    private ulong _lateAcked;
    private long _judgedMicros;

    // What the guesses refer to: another size or other tables make them meaningless.
    private int _width;
    private int _height;
    private ScreenTables? _tables;

    public PredictionMode Mode => mode;

    public bool Overwrite => overwrite;

    public void SetLink(long sendIntervalMillis) => _sendIntervalMillis = sendIntervalMillis;

    public void SetFrames(ulong frameSent, ulong frameAcked, ulong lateAcked, ulong screenNumber)
    {
        _frameSent = frameSent;
        _lateAcked = lateAcked;
    }

    /// <summary>Stock knows nothing of it.</summary>
    public void SetFarTerminal(FarTerminal far)
    {
    }

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

        Judge(nowMicros, remote);
        foreach (byte b in input)
        {
            Type(nowMicros, _keys.Take(b), remote);
        }
    }

    public void Reset()
    {
        _grid.Clear(_width);
        _cursors.Clear();
        BeginEpoch();
    }

    public void Overlay(long nowMicros, Screen screen)
    {
        if (mode == PredictionMode.Never)
        {
            return;
        }

        Judge(nowMicros, screen);
        if (mode != PredictionMode.Adaptive || _triggers.Shows)
        {
            Draw(screen);
        }
    }

    public bool NextTimeout(long nowMicros, out long atMicros)
    {
        bool waits = _grid.Count != 0 && _triggers.MayFire;
        atMicros = waits ? _judgedMicros + WakeMicros : long.MaxValue;
        return waits;
    }

    private long ShownEpoch => mode == PredictionMode.Experimental ? long.MaxValue : _confirmedEpoch;

    /// <summary>What follows is tentative until something of it is confirmed.</summary>
    private void BeginEpoch() => _epoch++;

    private void Draw(Screen screen)
    {
        bool underlines = _triggers.Underlines;
        for (int i = 0; i < _grid.Count; i++)
        {
            GuessPainter.DrawRow(screen, _grid[i], ShownEpoch, underlines);
        }

        if (_cursors.TryFindShown(ShownEpoch, out CursorGuess cursor))
        {
            screen.Cursor = screen.Cursor with { Row = cursor.Row, Column = cursor.Column, PendingWrap = false };
        }
    }
}
