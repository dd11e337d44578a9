using System.Buffers;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// A remote program, its emulator and history on one side; painter and a terminal on the other. Frames and lines come late, in pieces and with overlays drawn over them, as seeded.
/// </summary>
internal sealed class CanvasSession
{
    public const string Overlay = "OVERLAY";

    /// <summary>Printed by the user's shell before the session; must stay in the scrollback.</summary>
    public const int EarlierLines = 5;

    private readonly CanvasSessionOptions _options;
    private readonly SeededRandom _random;
    private readonly ICanvasTerminal _terminal;
    private readonly CanvasProgram _program;
    private readonly TerminalPainter _painter;
    private readonly PendingHistory _pending = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private ulong _arrived;

    public CanvasSession(CanvasSessionOptions options, ICanvasTerminal terminal)
    {
        _options = options;
        _terminal = terminal;
        _random = new SeededRandom(options.Seed);
        _program = new CanvasProgram(_random, options.Width, options.Height);
        Server = new Emulator(options.Width, options.Height, new EmulatorOptions { HistoryLines = HistoryLog.LinesMax });
        TerminalCapabilities capabilities = new()
        {
            Colors = 256,
            TrueColor = true,
            SynchronizedOutput = options.Synchronized,
            BackColorErase = options.BackColorErase,
            ScrollDown = true,
            Hyperlinks = true,
        };
        _painter = new TerminalPainter(capabilities, new TerminalPainterOptions { NativeScrollback = true });
        _painter.Resize(options.Width, options.Height);
    }

    public Emulator Server { get; }

    public CanvasOutputScan Scan { get; } = new();

    /// <summary>The longest thing written at once.</summary>
    public int LargestUpdate { get; private set; }

    public int Resizes { get; private set; }

    /// <summary>Looks at the terminal whenever a frame is drawn and nothing more can be committed under it: the frame, and the number of the next line.</summary>
    public Action<Screen, ulong>? Drawn { get; init; }

    public int Lines => _program.Lines;

    private bool Resizing => _options.ResizesWidth || _options.ResizesHeight;

    public void Run()
    {
        for (int i = 0; i < EarlierLines; i++)
        {
            _terminal.Write(Encoding.UTF8.GetBytes($"earlier {i}\r\n"));
        }

        _painter.WriteOpen(_bytes, nativeScrollback: true);
        Send();
        for (int step = 0; step < _options.Steps; step++)
        {
            Step();
        }

        Finish();
    }

    /// <summary>What the user finds when the session is over.</summary>
    public void Close()
    {
        _painter.WriteClose(_bytes);
        Send();
    }

    private void Step()
    {
        using Screenshot old = new(Server.Screen);
        Server.Write(Encoding.UTF8.GetBytes(Resizing ? _program.NextLines(_random.Next(5)) : _program.Next()));
        Receive(Resizing && !_options.LagsAtResize ? 1000 : 500);
        if (Resizing && _random.Chance(150))
        {
            Resize();
        }

        if (!Resizing && _random.Chance(200))
        {
            // A frame from before, with lines that came after it.
            Paint(old.Screen);
        }
        else if (Resizing ? !_options.LagsAtResize || _random.Chance(700) : _random.Chance(700))
        {
            Paint(Server.Screen);
        }

        if (_random.Chance(20))
        {
            _painter.Repaint();
        }
    }

    private void Receive(int perMille)
    {
        HistoryLog log = Server.History!;
        if (!_random.Chance(perMille))
        {
            return;
        }

        ulong end = perMille == 1000 || _random.Chance(500) ? log.Next : _arrived + (ulong)_random.Next((int)(log.Next - _arrived) + 1);
        for (; _arrived < end && !_pending.IsFull; _arrived++)
        {
            if (log.TryGet(_arrived, out ReadOnlySpan<byte> record))
            {
                _ = _pending.Append(_arrived, record);
            }
        }
    }

    private void Paint(Screen screen)
    {
        Screen frame = screen.Snapshot();
        if (!Resizing && _random.Chance(300))
        {
            DrawOverlay(frame);
        }

        bool more = true;
        while (more)
        {
            more = _painter.Paint(frame, _pending, _bytes) && _random.Chance(700);
            Send();
        }

        if (!_painter.Paint(frame, _pending, _bytes))
        {
            Send();
            Drawn?.Invoke(frame, _pending.Next);
        }

        Send();
        frame.Release();
    }

    private void DrawOverlay(Screen frame)
    {
        Span<Cell> cells = frame.WritableRow(_random.Next(frame.Height)).Cells;
        for (int x = 0; x < cells.Length; x++)
        {
            cells[x] = Cell.Of(x < Overlay.Length ? Overlay[x] : ' ', 1, Cell.Attributes(0, 0, false));
        }
    }

    private void Resize()
    {
        Resizes++;
        int width = _options.ResizesWidth ? Change(Server.Screen.Width, _options.WidthMin) : Server.Screen.Width;
        int height = _options.ResizesHeight ? Change(Server.Screen.Height, _options.HeightMin) : Server.Screen.Height;
        _terminal.Resize(width, height);
        _painter.Resize(width, height);
        if (_painter.WantsCursorReport && !_random.Chance(_options.SilentPerMille))
        {
            _painter.CursorReported(_terminal.CursorRow());
        }

        if (_random.Chance(500))
        {
            // The program prints on before the server has heard of it.
            Server.Write(Encoding.UTF8.GetBytes(_program.NextLines(_random.Next(3))));
            Receive(_options.LagsAtResize ? 500 : 1000);
            Paint(Server.Screen);
        }

        Server.Resize(width, height);
    }

    private int Change(int side, int least) => Math.Clamp(side + _random.Next(9) - 4, least, 2 * least + 8);

    private void Finish()
    {
        if (Server.IsAlternate)
        {
            Server.Write("\e[m\e[?1049l"u8);
        }

        ulong total = Server.History!.Next;
        while (_arrived < total)
        {
            Receive(1000);
            Paint(Server.Screen);
        }

        _painter.PaintLast(Server.Screen, _pending, _bytes);
        Send();
    }

    private void Send()
    {
        LargestUpdate = Math.Max(LargestUpdate, _bytes.WrittenCount);
        Scan.Read(_bytes.WrittenSpan);
        _terminal.Write(_bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
    }

    private readonly struct Screenshot(Screen screen) : IDisposable
    {
        public readonly Screen Screen = screen.Snapshot();

        public void Dispose() => Screen.Release();
    }
}
