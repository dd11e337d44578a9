using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Host;

/// <summary>One thread, one ppoll over terminal, sockets and signals; see <see cref="ServerLoop"/> for the shape of a turn.</summary>
internal sealed unsafe class ClientLoop : IDisposable
{
    private const int DatagramsPerTurnMax = 128;
    private const int ReceiveBytesMax = 2048;

    // One read: what the terminal's line discipline holds at most. A paste arrives in such pieces.
    private const int InputBytesMax = 4096;

    // Waking up so long after the time that was asked for: the machine or the process slept, and the network may be another one.
    private const long OversleptMillis = 1500;

    private const int SignalSlot = 0;
    private const int InputSlot = 1;
    private const int OutputSlot = 2;
    private const int ResumeSlot = 3;
    private const int NetworkSlot = 4;
    private const int HubSlot = 5;
    private const int WaysSlot = 6;
    private const int FirstSocketSlot = WaysSlot + ClientWays.SlotCount;
    private const int SlotMax = FirstSocketSlot + ClientSockets.CountMax;

    private readonly ClientSockets _sockets;
    private readonly Tty _tty;
    private readonly TtyOutput _output;
    private readonly SignalFd _signals;
    private readonly ResumeWatch _resume = new();
    private readonly NetworkWatch _network = new();
    private readonly ClientSession _session;
    private readonly ClientWays _ways;
    private readonly PeerAddress _firstServer;
    private readonly string? _term;
    private readonly TerminalCapabilities _capabilities;
    private readonly TerminalPainter _painter;
    private readonly TerminalProbe? _probe;
    private readonly ClientDisplay _display;
    private readonly SendBatch _batch = new();
    private readonly byte[] _datagram = new byte[ReceiveBytesMax];
    private readonly byte[] _input = new byte[InputBytesMax];
    private Instant _overslept = Instant.Never;
    private bool _inputEnded;
    private bool _shuttingDown;
    private ClientOutcome? _forced;

    public ClientLoop(
        ClientHostOptions options, SessionKey key, List<PeerAddress> servers, ClientSockets sockets, Tty tty, SignalFd signals, ICompressor compressor)
    {
        _sockets = sockets;
        _ways = new ClientWays(options);
        _firstServer = servers[0];
        _tty = tty;
        _signals = signals;
        _output = new TtyOutput(tty.OutputFd, tty.OutputIsNonBlocking);
        string? term = _term = ProcessEnvironment.Get("TERM");
        byte[]? terminfo = TerminalDescription.TryLoad(term ?? "");
        _capabilities = TerminalCapabilities.From(terminfo, term, ProcessEnvironment.Get("COLORTERM")) with { DoubtsAmbiguous = IsEastAsian() };
        _probe = options.AsksTerminal && Tty.IsOneTerminal() && TerminalQueries.AreWelcome(term, terminfo) ? new TerminalProbe(tty, InputBytesMax) : null;
        _painter = new TerminalPainter(_capabilities, new TerminalPainterOptions { TitlePrefix = options.TitlePrefix, AlternateScreen = options.InitializeTerminal, NativeScrollback = options.WantsHistory });
        _ = Tty.TryGetSize(out int width, out int height);
        ClientSessionOptions session = new()
        {
            Width = width,
            Height = height,
            PredictionMode = options.Prediction,
            PredictOverwrite = options.PredictOverwrite,
            EscapeKey = options.EscapeKey,
            WantsHistory = options.WantsHistory,
            UdpPort = options.Port,
            OtherAddresses = servers[1..],
            Carrier = _ways.Use,
            ReservedBytes = options.FindsMorePlaces ? Place.IdBytesMax : options.Places.Count == 0 ? 0 : options.Places.Max(place => place.Id.Length),
            Terminal = ClientTerminal.Of(term, _capabilities, TerminalFacts.None),
        };
        _session = new ClientSession(key, new RoamTiming(), new SystemRandom(), compressor, SystemClock.Now, servers[0], session);
        Hub = new StreamHub(_session);
        _painter.Resize(width, height);
        _display = new ClientDisplay(tty, _output, _painter, _probe, _session);
    }

    /// <summary>All that the loop reads; also those whose default would end the process with the terminal left raw.</summary>
    public static ReadOnlySpan<int> Signals =>
    [
        Libc.SIGHUP, Libc.SIGINT, Libc.SIGTERM, Libc.SIGQUIT, Libc.SIGPIPE, Libc.SIGALRM, Libc.SIGUSR1, Libc.SIGUSR2,
        Libc.SIGCONT, Libc.SIGTSTP, Libc.SIGWINCH,
    ];

    /// <summary>Where streams meet descriptors.</summary>
    internal StreamHub Hub { get; }

    /// <summary>The system's text for the last datagram that could not be sent.</summary>
    public string? NetworkError { get; private set; }

    /// <summary>Why ssh could not carry the session; null: it could, or was not tried.</summary>
    public string? CarrierFailure => _ways.Failure;

    public CarrierUse CarrierUse => _ways.Use;

    public TransportCounters Counters => _session.Counters;

    public ClientOutcome Run()
    {
        _display.Open(SystemClock.Now);
        Libc.PollFd* fds = stackalloc Libc.PollFd[SlotMax];

        // The first turn waits for nothing: the first frame and the first datagram leave at once.
        new Span<Libc.PollFd>(fds, SlotMax).Clear();
        int socketCount = 0;
        while (true)
        {
            Instant now = SystemClock.Now;
            Turn(now, fds, socketCount);
            if (_forced != null || _session.IsFinished)
            {
                break;
            }

            socketCount = Wait(fds, now);
        }

        return _forced ?? (_session.CleanShutdown ? ClientOutcome.Clean : _session.EverHeard ? ClientOutcome.Unclean : ClientOutcome.NeverConnected);
    }

    /// <summary>Puts the terminal back. From any state, more than once.</summary>
    public void CloseTerminal() => _display.Close();

    public void Dispose()
    {
        CloseTerminal();
        Hub.Dispose();
        _ways.Dispose();
        _resume.Dispose();
        _network.Dispose();
        _batch.Dispose();
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

    private int Wait(Libc.PollFd* fds, Instant now)
    {
        fds[SignalSlot] = new Libc.PollFd { Fd = _signals.Fd, Events = Libc.POLLIN };
        fds[InputSlot] = new Libc.PollFd { Fd = _inputEnded || !_session.TakesInput(now) ? -1 : _tty.InputFd, Events = Libc.POLLIN };
        fds[OutputSlot] = new Libc.PollFd { Fd = _output.IsEmpty ? -1 : _output.Fd, Events = Libc.POLLOUT };
        fds[ResumeSlot] = new Libc.PollFd { Fd = _resume.Fd, Events = Libc.POLLIN };
        fds[NetworkSlot] = new Libc.PollFd { Fd = _network.FdAt(now), Events = Libc.POLLIN };
        fds[HubSlot] = new Libc.PollFd { Fd = Hub.Fd, Events = Libc.POLLIN };
        _ways.Fill(new Span<Libc.PollFd>(fds + WaysSlot, ClientWays.SlotCount));
        int socketCount = _sockets.Count;
        for (int i = 0; i < socketCount; i++)
        {
            fds[FirstSocketSlot + i] = new Libc.PollFd { Fd = _sockets[i].Fd, Events = Libc.POLLIN };
        }

        Instant until = Instant.Min(_session.NextTimeout, _network.NextTimeout(now));
        until = Instant.Min(until, Instant.Min(_ways.NextTimeout, Hub.NextTimeout));
        until = Instant.Min(until, Instant.Min(_probe?.NextTimeout ?? Instant.Never, _display.NextTimeout));
        LoopWait.Poll(fds, FirstSocketSlot + socketCount, until);
        _overslept = until == Instant.Never ? Instant.Never : Instant.Max(until, now).PlusMillis(OversleptMillis);
        return socketCount;
    }

    private void Turn(Instant now, Libc.PollFd* fds, int socketCount)
    {
        if (fds[SignalSlot].Revents != 0)
        {
            HandleSignals(now);
        }

        if (fds[ResumeSlot].Revents != 0)
        {
            _resume.Acknowledge();
            _network.Note(now);
        }
        else if (now > _overslept)
        {
            _network.Note(now);
        }

        for (int i = 0; i < socketCount; i++)
        {
            if (fds[FirstSocketSlot + i].Revents != 0)
            {
                ReceiveDatagrams(now, _sockets[i]);
            }
        }

        TurnWays(now, fds);
        if (fds[InputSlot].Revents != 0)
        {
            ReadInput(now);
        }

        if (_probe is not null)
        {
            HandleAnswers(now, _probe);
        }

        _sockets.Prune(now);
        if (_network.Turn(now, fds[NetworkSlot].Revents != 0, _session.Server.IsCarried || _session.Server.IsNone ? _firstServer : _session.Server))
        {
            _ways.NetworkChanged(now);
            _session.NetworkChanged(now);
        }

        _session.HandleTimeout(now);
        HandleEvents(now);
        Hub.Turn(now);
        Transmit(now);
        Paint(now);
    }

    /// <summary>What is no place is left out: it was meant as a help.</summary>
    private void AddPlace(Instant now, string text)
    {
        if (Place.TryParse(text, out Place place))
        {
            _sockets.Add(place);
            _session.AddPlace(now, place.Address);
        }
    }

    private void HandleSignals(Instant now)
    {
        while (_signals.TryRead(out int signal))
        {
            switch (signal)
            {
                case Libc.SIGWINCH:
                    HandleResize(now);
                    break;
                case Libc.SIGCONT:
                    Resume(now);
                    break;
                case Libc.SIGTSTP:
                    Suspend(now);
                    break;
                case Libc.SIGPIPE:
                    // An ssh that ended, or a terminal that is gone: whoever wrote has seen it. As it is blocked, it comes here although it is ignored.
                    break;
                default:
                    if (_shuttingDown && signal is (Libc.SIGTERM or Libc.SIGINT))
                    {
                        // The first request waits for the server's answer, up to 10 s; whoever asks again does not want to.
                        _forced ??= ClientOutcome.Unclean;
                    }

                    Shutdown(now);
                    break;
            }
        }
    }

    private void ReceiveDatagrams(Instant now, UdpSocket socket)
    {
        for (int i = 0; (i < DatagramsPerTurnMax || socket.HoldsMore) && socket.TryReceive(_datagram, out int length, out PeerAddress from, out bool marked); i++)
        {
            ReceiveResult result = _session.HandleDatagram(now, from, _datagram.AsSpan(0, length), marked);
            if (result is ReceiveResult.Accepted or ReceiveResult.NewState)
            {
                _ways.NoteUdp();
            }
        }
    }

    private void TurnWays(Instant now, Libc.PollFd* fds)
    {
        if (_ways.Use != CarrierUse.None)
        {
            _ways.Turn(now, new ReadOnlySpan<Libc.PollFd>(fds + WaysSlot, ClientWays.SlotCount), _session, _datagram);
            while (_ways.TryTakePlace(out string place))
            {
                AddPlace(now, place);
            }
        }
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

        if (ended)
        {
            _inputEnded = true;
            Shutdown(now);
        }
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

    private void HandleEvents(Instant now)
    {
        while (_session.PollEvent(out ClientEvent e))
        {
            switch (e)
            {
                case ClientEvent.Repaint:
                    _painter.Repaint();
                    break;
                case ClientEvent.Suspend:
                    Suspend(now);
                    break;
                case ClientEvent.HopPort:
                    _sockets.Hop(now);
                    _session.HopDone(now);
                    break;
                case ClientEvent.WantsCarrier:
                    _ways.Want(now, _session);
                    break;
                case ClientEvent.CarrierUnneeded:
                    _ways.Release(now, _session);
                    break;
                case ClientEvent.WrongVersion:
                    _forced = ClientOutcome.WrongVersion;
                    break;
                case ClientEvent.KeyExhausted:
                    _forced = ClientOutcome.KeyExhausted;
                    break;
            }
        }
    }

    private void Transmit(Instant now)
    {
        while (true)
        {
            Span<byte> room = _batch.Room;
            if (!_session.PollTransmit(now, room, out int length, out PeerAddress to))
            {
                break;
            }

            if (to.IsCarried)
            {
                _ways.Send(now, room[..length], to);
            }
            else if (_sockets.TryGet(to, out string error) is not { } socket)
            {
                NetworkError = error;
                _session.HandleSendFailure(now, to);
            }
            else if (_sockets.IdOf(to) is { IsEmpty: false } id)
            {
                FlushBatch(now);
                SendResult result = socket.Send(id, room[..length], to);
                TakeResult(now, result, socket.LastError, to);
            }
            else
            {
                PeerAddress before = _batch.To;
                SendResult result = _batch.Add(socket, length, to);
                TakeResult(now, result, _batch.LastError, before);
            }
        }

        FlushBatch(now);
        _ways.Flush();
    }

    private void FlushBatch(Instant now)
    {
        SendResult result = _batch.Flush();
        TakeResult(now, result, _batch.LastError, _batch.To);
    }

    private void TakeResult(Instant now, SendResult result, int error, in PeerAddress to)
    {
        if (result == SendResult.Sent)
        {
            return;
        }

        NetworkError = Libc.ErrorText(error);
        if (result == SendResult.Failed)
        {
            _session.HandleSendFailure(now, to);
        }
        else
        {
            _session.HandleSendError(result == SendResult.TooLong);
        }
    }

    private void Paint(Instant now)
    {
        _display.Paint(now);
        if (_display.IsBroken)
        {
            Shutdown(now);
        }
    }

    private void HandleResize(Instant now)
    {
        if (Tty.TryGetSize(out int width, out int height))
        {
            _display.Resize(now, width, height);
            _session.HandleResize(now, width, height);
        }
    }

    /// <summary>Leaves the terminal to the shell and stops this process group. Execution goes on here after SIGCONT.</summary>
    private void Suspend(Instant now)
    {
        CloseTerminal();
        StandardStreams.Out("[mosh is suspended.]\n");
        _ = Libc.kill(0, Libc.SIGSTOP);
        Resume(now);
    }

    /// <summary>The process was stopped, and the terminal was somebody else's.</summary>
    private void Resume(Instant now)
    {
        if (_display.IsOpen)
        {
            _tty.EnterRaw();
            HandleResize(now);
        }
        else
        {
            // First the size: opening pushes so many rows.
            HandleResize(now);
            _display.Open(now);
        }

        _painter.Repaint();
        _session.Resumed(now);
    }

    private void Shutdown(Instant now)
    {
        if (!_shuttingDown)
        {
            _shuttingDown = true;
            _session.Shutdown(now);
        }
    }
}
