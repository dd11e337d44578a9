using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>The user's terminal with scrollback of its own: what the painter writes, read by an emulator. Painted as the host paints (ClientDisplay).</summary>
internal sealed class PaintedTerminal
{
    /// <summary>What the user's shell printed before the session, a row each.</summary>
    private const string Earlier = "01234";

    public static readonly int EarlierRows = Earlier.Length;

    /// <summary>Updates that are taken in less are taken at once.</summary>
    private const long NoticedMicros = 1000;

    private readonly TerminalPainter _painter = new(
        new TerminalCapabilities { Colors = 256, TrueColor = true, Progress = true, StyledUnderlines = true }, new TerminalPainterOptions { TitlePrefix = "", NativeScrollback = true });

    private readonly GrowingBuffer _bytes = new();
    private readonly Emulator _emulator;
    private readonly LineReader _reader = new();
    private readonly int _nanosPerByte;
    private readonly bool _reportsCursor;
    private bool _isOpen;
    private bool _isNative;
    private bool _isResized;
    private ulong _looked;

    public PaintedTerminal(SimOptions options)
    {
        _emulator = new Emulator(options.Client.Width, options.Client.Height, new EmulatorOptions { AnswerQueries = false, HistoryLines = HistoryLog.LinesMax });
        _nanosPerByte = options.TerminalNanosPerByte;
        _reportsCursor = options.TerminalReportsCursor;
        _painter.Resize(options.Client.Width, options.Client.Height);
        foreach (char row in Earlier)
        {
            _emulator.Write([(byte)row, (byte)'\r', (byte)'\n']);
        }
    }

    public Emulator Emulator => _emulator;

    public Screen Screen => _emulator.Screen;

    public HistoryLog Scrollback => _emulator.History!;

    /// <summary>Lines go to the scrollback.</summary>
    public bool KeepsHistory => _painter.KeepsHistory;

    /// <summary>While the bytes of the last update are being taken, none are given.</summary>
    public long BusyMicros { get; private set; }

    /// <summary>What was in the scrollback before the session is there still.</summary>
    public bool HasEarlierRows
    {
        get
        {
            List<LineMark?> rows = [];
            _reader.ReadFrom(Scrollback, 0, rows.Add);
            for (int i = 0; i < Earlier.Length; i++)
            {
                Cell[] cells = [Cell.Of(Earlier[i], 1, 0)];
                if (i >= rows.Count || rows[i]?.Cells != LineMark.Of(cells, Screen.Tables, wrapped: false).Cells)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The rows that it pushed into the scrollback by itself.</summary>
    public List<LineMark> Resize(int width, int height)
    {
        Look([]);
        _emulator.Resize(width, height);
        _painter.Resize(width, height);
        _isResized = true;
        if (_painter.WantsCursorReport && _reportsCursor)
        {
            _painter.CursorReported(Screen.Cursor.Row);
        }

        List<LineMark> pushed = [];
        Look(pushed);
        return pushed;
    }

    public void Repaint() => _painter.Repaint();

    /// <summary>True: there is more to commit.</summary>
    public bool Paint(ClientSession session, Screen frame, CommitStep step)
    {
        Open(session);
        Begin(frame, step);
        bool hasMore = _painter.Paint(frame, session.History, _bytes);
        Flush(step);
        return hasMore;
    }

    /// <summary>The last picture, and what has not come is said.</summary>
    public void PaintLast(ClientSession session, Screen last, CommitStep step)
    {
        Begin(last, step);
        _painter.PaintLast(last, session.History, _bytes);
        Flush(step);
    }

    /// <summary>The terminal is the user's again.</summary>
    public void Close()
    {
        _painter.WriteClose(_bytes);
        Take();
    }

    /// <summary>On the main screen as soon as it is known that lines will come.</summary>
    private void Open(ClientSession session)
    {
        if (!_isNative && session.HasHistory && _painter.CanKeepHistory)
        {
            _isNative = true;
            if (_isOpen)
            {
                _painter.WriteClose(_bytes);
                _isOpen = false;
            }
        }

        if (!_isOpen)
        {
            _isOpen = true;
            _painter.WriteOpen(_bytes, _isNative);
            Take();
            Look([]);
        }
    }

    private void Begin(Screen frame, CommitStep step)
    {
        Look([]);
        step.Settles = _isResized;
        _isResized &= frame.IsAlternate;
        (step.Width, step.Height) = (Screen.Width, Screen.Height);
        bool isCut = !frame.IsAlternate && (frame.Width != Screen.Width || frame.Height != Screen.Height);
        step.LinesAbove = frame.LinesAbove + (isCut ? (ulong)Math.Max(0, frame.Cursor.Row - (Screen.Height - 1)) : 0);
    }

    private void Flush(CommitStep step)
    {
        long micros = _bytes.Length * (long)_nanosPerByte / 1000;
        BusyMicros = micros < NoticedMicros ? 0 : micros;
        Take();
        Look(step.Shown);
    }

    private void Take()
    {
        _emulator.Write(_bytes.Written);
        _bytes.Clear();
    }

    private void Look(List<LineMark> rows)
    {
        _reader.ReadFrom(Scrollback, _looked, row => rows.Add(row!.Value));
        _looked = Scrollback.Next;
    }
}
