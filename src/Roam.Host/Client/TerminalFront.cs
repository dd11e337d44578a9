using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Host;

/// <summary>A session on the user's terminal: keys in, pictures out, and the signals of job control.</summary>
internal sealed unsafe class TerminalFront : IClientFront
{
    // One read: what the terminal's line discipline holds at most. A paste arrives in such pieces.
    private const int InputBytesMax = 4096;

    private const int InputSlot = 0;
    private const int OutputSlot = 1;

    private readonly ClientHostOptions _options;
    private readonly Tty _tty;
    private readonly TtyOutput _output;
    private readonly string? _term = ProcessEnvironment.Get("TERM");
    private readonly TerminalCapabilities _capabilities;
    private readonly TerminalPainter _painter;
    private readonly TerminalProbe? _probe;
    private readonly byte[] _input = new byte[InputBytesMax];
    private ClientSession _session = null!;
    private ClientDisplay? _display;
    private bool _inputEnded;

    public TerminalFront(ClientHostOptions options, Tty tty)
    {
        _options = options;
        _tty = tty;
        _output = new TtyOutput(tty.OutputFd, tty.OutputIsNonBlocking);
        byte[]? terminfo = TerminalDescription.TryLoad(_term ?? "");
        _capabilities = TerminalCapabilities.From(terminfo, _term, ProcessEnvironment.Get("COLORTERM")) with { DoubtsAmbiguous = IsEastAsian() };
        _probe = options.AsksTerminal && Tty.IsOneTerminal() && TerminalQueries.AreWelcome(_term, terminfo) ? new TerminalProbe(tty, InputBytesMax) : null;
        _painter = new TerminalPainter(_capabilities, new TerminalPainterOptions { TitlePrefix = options.TitlePrefix, AlternateScreen = options.InitializeTerminal, NativeScrollback = options.WantsHistory });
    }

    /// <summary>Also those whose default would end the process with the terminal left raw.</summary>
    public ReadOnlySpan<int> Signals =>
    [
        Libc.SIGHUP, Libc.SIGINT, Libc.SIGTERM, Libc.SIGQUIT, Libc.SIGPIPE, Libc.SIGALRM, Libc.SIGUSR1, Libc.SIGUSR2,
        Libc.SIGCONT, Libc.SIGTSTP, Libc.SIGWINCH,
    ];

    public Instant NextTimeout => Instant.Min(_probe?.NextTimeout ?? Instant.Never, Display.NextTimeout);

    public bool WantsEnd => _inputEnded || Display.IsBroken;

    private ClientDisplay Display => _display!;

    public ClientSessionOptions Describe()
    {
        _ = Tty.TryGetSize(out int width, out int height);
        return new ClientSessionOptions
        {
            Width = width,
            Height = height,
            PredictionMode = _options.Prediction,
            PredictOverwrite = _options.PredictOverwrite,
            EscapeKey = _options.EscapeKey,
            WantsHistory = _options.WantsHistory,
            Terminal = ClientTerminal.Of(_term, _capabilities, TerminalFacts.None),
        };
    }

    public void Attach(ClientSession session, StreamHub hub)
    {
        _ = hub;
        _session = session;
        _ = Tty.TryGetSize(out int width, out int height);
        _painter.Resize(width, height);
        _display = new ClientDisplay(_tty, _output, _painter, _probe, session);
    }

    public void Open(Instant now) => Display.Open(now);

    public void Close() => _display?.Close();

    public void Fill(Instant now, Span<Libc.PollFd> slots)
    {
        slots[InputSlot] = new Libc.PollFd { Fd = _inputEnded || !_session.TakesInput(now) ? -1 : _tty.InputFd, Events = Libc.POLLIN };
        slots[OutputSlot] = new Libc.PollFd { Fd = _output.IsEmpty ? -1 : _output.Fd, Events = Libc.POLLOUT };
    }

    public void Turn(Instant now, ReadOnlySpan<Libc.PollFd> slots)
    {
        if (slots[InputSlot].Revents != 0)
        {
            ReadInput(now);
        }

        if (_probe is not null)
        {
            HandleAnswers(now, _probe);
        }
    }

    public void Show(Instant now) => Display.Paint(now);

    public void Take(Instant now, ClientEvent e)
    {
        if (e == ClientEvent.Repaint)
        {
            _painter.Repaint();
        }
        else if (e == ClientEvent.Suspend)
        {
            Suspend(now);
        }
    }

    public bool TakesSignal(Instant now, int signal)
    {
        switch (signal)
        {
            case Libc.SIGWINCH:
                HandleResize(now);
                return true;
            case Libc.SIGCONT:
                Resume(now);
                return true;
            case Libc.SIGTSTP:
                Suspend(now);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Users of these languages may have set their terminal to show ambiguous characters wide; the locale is the only sign of it.</summary>
    private static bool IsEastAsian()
    {
        string[] variables = ["LC_ALL", "LC_CTYPE", "LANG"];
        foreach (string variable in variables)
        {
            if (ProcessEnvironment.Get(variable) is { Length: > 0 } locale)
            {
                return locale.StartsWith("ja", StringComparison.Ordinal) || locale.StartsWith("zh", StringComparison.Ordinal) || locale.StartsWith("ko", StringComparison.Ordinal);
            }
        }

        return false;
    }

    private void ReadInput(Instant now)
    {
        int length = _tty.Read(_input, out bool ended);
        ReadOnlySpan<byte> keys = _input.AsSpan(0, length);
        keys = _probe is null ? keys : _probe.Filter(now, keys);
        if (!keys.IsEmpty)
        {
            _session.HandleInput(now, keys);
        }

        _inputEnded |= ended;
    }

    private void HandleAnswers(Instant now, TerminalProbe probe)
    {
        ReadOnlySpan<byte> keys = probe.Release(now);
        if (!keys.IsEmpty)
        {
            _session.HandleInput(now, keys);
        }

        if (probe.TryLearn(out TerminalFacts facts))
        {
            TerminalCapabilities capabilities = _capabilities.With(facts);
            _session.HandleTerminal(now, ClientTerminal.Of(_term, capabilities, facts));
            if (_painter.Learn(capabilities))
            {
                _session.Repaint();
            }
        }
    }

    private void HandleResize(Instant now)
    {
        if (Tty.TryGetSize(out int width, out int height))
        {
            Display.Resize(now, width, height);
            _session.HandleResize(now, width, height);
        }
    }

    /// <summary>Leaves the terminal to the shell and stops this process group. Execution goes on here after SIGCONT.</summary>
    private void Suspend(Instant now)
    {
        Close();
        StandardStreams.Out("[mosh is suspended.]\n");
        _ = Libc.kill(0, Libc.SIGSTOP);
        Resume(now);
    }

    /// <summary>The process was stopped, and the terminal was somebody else's.</summary>
    private void Resume(Instant now)
    {
        if (Display.IsOpen)
        {
            _tty.EnterRaw();
            HandleResize(now);
        }
        else
        {
            // First the size: opening pushes so many rows.
            HandleResize(now);
            Display.Open(now);
        }

        _painter.Repaint();
        _session.Resumed(now);
    }
}
