using Roam.Session;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// One thread, one ppoll over socket, pty and signals. A turn takes a bounded amount from each, so a flood on one cannot starve the others, reads the clock once,
/// and then lets the session say all it has to say.
/// </summary>
internal sealed unsafe class ServerLoop : IDisposable
{
    // Datagrams taken in one turn: a stranger's flood fills the socket's queue, but the pty and the timers still get their turn.
    private const int DatagramsPerTurnMax = 128;

    // The largest UDP datagram a peer sends is 1,280 bytes; a longer one is cut here and fails authentication.
    private const int ReceiveBytesMax = 2048;

    // The system hands out 4 KB a read; eight of them are one call of the emulator.
    private const int OutputBytesPerTurnMax = 32 * 1024;
    private const int InputBytesMax = 4096;

    // spec: ssp.md section 8.
    private const long FirstContactMaxMillis = 60_000;

    // A program that ends closes its terminal a moment before its exit status can be collected; one that lives on without a terminal is not waited for.
    private const long EndPatienceMillis = 500;

    // spec: cli.md, utmp.
    private const long ContactLostMillis = 30_000;

    private const int SocketSlot = 0;
    private const int SignalSlot = 1;
    private const int PtySlot = 2;
    private const int HubSlot = 3;
    private const int ControlSlot = 4;
    private const int SlotCount = ControlSlot + ControlServer.SlotCount;

    private readonly IDatagramPort _socket;
    private readonly UdpSocket _outgoing;
    private readonly SendBatch _batch = new();
    private readonly ReceiveBatch _received = new();
    private readonly ForwardCore _forwards;
    private readonly SignalFd _signals;
    private readonly ServerHostOptions _options;
    private readonly ServerSession _session;
    private readonly Passwd? _user = Passwd.OfCurrentUser();
    private readonly SessionLog _log;
    private readonly ControlServer _control = new(ControlDirectory.Path, ControlDirectory.OwnSession);
    private readonly Instant _started = SystemClock.Now;
    private readonly byte[] _datagram = new byte[ReceiveBytesMax];
    private readonly byte[] _output = new byte[OutputBytesPerTurnMax];
    private readonly byte[] _input = new byte[InputBytesMax];
    private int _inputStart;
    private int _inputEnd;
    private readonly ServerPolicy _policy;
    private AgentListener? _agent;
    private Pty? _pty;
    private PipedProgram? _piped;
    private bool _programStarted;
    private bool _shuttingDown;
    private bool _abandoned;
    private Instant _endsBy = Instant.Never;
    private int _exitCode;

    public ServerLoop(ServerEndpoint endpoint, ServerHostOptions options, SignalFd signals, IRandom random, ICompressor compressor)
    {
        _socket = endpoint.DatagramPort;
        _outgoing = endpoint.Socket;
        endpoint.ReceiveBatches(_received);
        _signals = signals;
        _options = options;
        string name = ProcessEnvironment.Get("USER") ?? _user?.Name ?? "?";
        _log = new SessionLog(new Syslog(Syslog.SystemSocket, "mosh-server"), new Utempter(), _user?.Name ?? name);
        ServerSessionOptions session = new()
        {
            Width = options.Width,
            Height = options.Height,
            ColorCount = options.ColorCount,
            Verify = options.Verbosity > 0,
            AllowScreenReports = options.AllowScreenReports,
            AllowClipboardQuery = options.AllowClipboardQuery,
            HistoryLines = options.HistoryLines,
        };
        _session = new ServerSession(endpoint.Key, new RoamTiming(), random, compressor, _started, session);
        Hub = new StreamHub(_session);
        _policy = ServerPolicy.Load(options.Forbidden, options.PolicyPath.Length > 0 ? options.PolicyPath : null);
        _forwards = new ForwardCore(Hub);
        Hub.Serve(StreamKind.Connect, new ConnectServer(_forwards, _policy));
        Hub.Serve(StreamKind.Listen, new ListenServer(_forwards, _policy));
        Hub.Serve(StreamKind.Udp, new UdpServer(_forwards, _policy));
    }

    /// <summary>All that the loop reads. SIGHUP and SIGPIPE are taken and dropped: the terminal the server came from does not matter to it.</summary>
    public static ReadOnlySpan<int> Signals => [Libc.SIGHUP, Libc.SIGINT, Libc.SIGTERM, Libc.SIGUSR1, Libc.SIGPIPE, Libc.SIGCHLD];

    /// <summary>Where streams meet descriptors.</summary>
    internal StreamHub Hub { get; }

    /// <summary>A client may stay away so long; 0: for ever.</summary>
    private long TimeoutSeconds => _options.NetworkTimeoutSeconds == 0 && _options.UsesPipes ? PipedProgram.AbandonedSeconds : _options.NetworkTimeoutSeconds;

    private bool IsOver => _session.IsFinished || _abandoned;

    public int Run()
    {
        Libc.PollFd* fds = stackalloc Libc.PollFd[SlotCount];
        while (!IsOver)
        {
            Wait(fds);
            Instant now = SystemClock.Now;
            if (fds[SignalSlot].Revents != 0)
            {
                HandleSignals(now);
            }

            if (fds[SocketSlot].Revents != 0)
            {
                ReceiveDatagrams(now);
            }

            if (fds[PtySlot].Revents != 0)
            {
                ReadProgram(now);
            }

            _control.Handle(new ReadOnlySpan<Libc.PollFd>(fds + ControlSlot, ControlServer.SlotCount), _session.History);
            ReceiveCarried(now);
            _socket.HandleTimeout(now);
            _session.HandleTimeout(now);
            HandleEvents(now);
            CheckDeadlines(now);
            FeedProgram(now);
            HandleEvents(now);
            Hub.Turn(now);
            _piped?.Turn();
            ReadFarTerminal(now);
            Transmit(now);
        }

        Hangup();
        return _exitCode;
    }

    public void Dispose()
    {
        Hangup();
        _agent?.Dispose();
        _forwards.Dispose();
        Hub.Dispose();
        _control.Dispose();
        _log.Dispose();
        _batch.Dispose();
        _received.Dispose();
    }

    private void Wait(Libc.PollFd* fds)
    {
        short ptyEvents = (short)(_inputStart < _inputEnd ? Libc.POLLIN | Libc.POLLOUT : Libc.POLLIN);
        fds[SocketSlot] = new Libc.PollFd { Fd = _socket.Fd, Events = Libc.POLLIN };
        fds[SignalSlot] = new Libc.PollFd { Fd = _signals.Fd, Events = Libc.POLLIN };

        // A negative descriptor is skipped by poll.
        fds[PtySlot] = new Libc.PollFd { Fd = _pty?.Fd ?? -1, Events = ptyEvents };
        fds[HubSlot] = new Libc.PollFd { Fd = Hub.Fd, Events = Libc.POLLIN };
        _control.Fill(new Span<Libc.PollFd>(fds + ControlSlot, ControlServer.SlotCount));
        Instant until = Instant.Min(_session.NextTimeout, Instant.Min(Instant.Min(_socket.NextTimeout, Hub.NextTimeout), NextDeadline()));
        LoopWait.Poll(fds, SlotCount, _control.Carried.HasNews ? Instant.Zero : until);
    }

    private void HandleSignals(Instant now)
    {
        while (_signals.TryRead(out int signal))
        {
            switch (signal)
            {
                case Libc.SIGTERM:
                case Libc.SIGINT:
                    Shutdown(now);
                    break;
                case Libc.SIGUSR1:
                    if (_options.SignalTimeoutSeconds == 0 || now.MillisSince(_session.LastHeard) >= _options.SignalTimeoutSeconds * 1000)
                    {
                        Shutdown(now);
                    }

                    break;
                case Libc.SIGCHLD:
                    _log.Reap();
                    _pty?.TryReap();
                    _piped?.Reap();
                    CheckProgramEnd(now);
                    _socket.Reap();
                    break;
            }
        }
    }

    private void ReceiveDatagrams(Instant now)
    {
        for (int i = 0; (i < DatagramsPerTurnMax || _socket.HoldsMore) && _socket.TryReceive(_datagram, out int length, out PeerAddress from, out bool marked); i++)
        {
            if (_session.HandleDatagram(now, from, _datagram.AsSpan(0, length), marked) is ReceiveResult.NewState or ReceiveResult.Accepted)
            {
                _socket.KeepLocalAddress(from);
            }
        }

        NoteConnected(now);
    }

    /// <summary>What ssh brought; mostly nothing, as the client's datagrams come by UDP.</summary>
    private void ReceiveCarried(Instant now)
    {
        bool any = false;
        for (int i = 0; i < DatagramsPerTurnMax && _control.Carried.TryReceive(_datagram, out int length, out PeerAddress from); i++)
        {
            _session.HandleDatagram(now, from, _datagram.AsSpan(0, length), congestionExperienced: false);
            any = true;
        }

        if (any)
        {
            NoteConnected(now);
        }
    }

    private void NoteConnected(Instant now)
    {
        // The session reports a client that comes back only after it had given up its address, which is later than the log does.
        if (_programStarted && !_options.UsesPipes && !_log.IsConnected && !_session.Client.IsNone && now.MillisSince(_session.LastHeard) < ContactLostMillis)
        {
            _log.Connected(SocketAddress.TextOf(_session.Client));
        }
    }

    private void ReadProgram(Instant now)
    {
        if (_pty == null)
        {
            return;
        }

        int length = _pty.Read(_output, out bool ended);
        if (length > 0)
        {
            _session.HandleOutput(now, _output.AsSpan(0, length));
        }

        if (ended)
        {
            _pty.Dispose();
            _endsBy = now.PlusMillis(EndPatienceMillis);
            CheckProgramEnd(now);
        }
    }

    /// <summary>The program's terminal is closed; the session ends with its exit status.</summary>
    private void CheckProgramEnd(Instant now)
    {
        if (_pty != null && _endsBy != Instant.Never && (_pty.TryReap() || now >= _endsBy))
        {
            _endsBy = Instant.Never;
            _session.SetEnd(_pty.End);
            Hangup();
            Shutdown(now);
        }
    }

    /// <summary>Keys go to the program as fast as it takes them. What it does not take stays here, and the session keeps the rest.</summary>
    private void FeedProgram(Instant now)
    {
        while (_programStarted)
        {
            if (_inputStart == _inputEnd)
            {
                _inputStart = 0;
                _inputEnd = _session.PollInput(now, _input);
                if (_inputEnd == 0)
                {
                    return;
                }
            }

            // Without a program there is nobody to type to; the session must still be drained, or it would refuse the client's farewell.
            int length = _inputEnd - _inputStart;
            int written = _pty == null ? length : _pty.Write(_input.AsSpan(_inputStart, length));
            if (written == 0)
            {
                return;
            }

            _inputStart += written;
        }
    }

    /// <summary>Last before a frame is made: what the program did before it wrote what the frame shows is in the flags.</summary>
    private void ReadFarTerminal(Instant now)
    {
        if (_pty != null && _session.WantsFarTerminal(now) && _pty.TryGetLineFlags(out bool isCanonical, out bool echoes))
        {
            _session.SetFarTerminal(now, isCanonical, echoes);
        }
    }

    private void HandleEvents(Instant now)
    {
        while (_session.PollEvent(out ServerEvent e))
        {
            switch (e.Kind)
            {
                case ServerEventKind.StartProgram:
                    StartProgram(now, e.Width, e.Height);
                    break;
                case ServerEventKind.Resize:
                    _pty?.Resize(e.Width, e.Height);
                    break;
                case ServerEventKind.ClientConnected when !_options.UsesPipes:
                case ServerEventKind.ClientRoamed when !_options.UsesPipes:
                    _log.Connected(SocketAddress.TextOf(e.Address));
                    break;
                case ServerEventKind.PeerShutdown:
                    _shuttingDown = true;
                    Hangup();
                    break;
                case ServerEventKind.KeyExhausted:
                    Abandon(1, "the key's limit of use is reached");
                    break;
                case ServerEventKind.VerifyFailed:
                    Note("a screen diff does not give the screen it should");
                    break;
            }
        }
    }

    private void StartProgram(Instant now, int width, int height)
    {
        if (_programStarted)
        {
            return;
        }

        _programStarted = true;
        OpenAgent(now);
        if (_options.UsesPipes)
        {
            // It starts when the client has opened the streams.
            _piped = new PipedProgram(Hub, ServerProgram.OnPipes(_options, _user, _agent?.Path, _policy, out string? refusal), refusal);
            return;
        }

        PtyProgram program = ServerProgram.From(_options, _user, _agent?.Path);
        if (_options.Command.Length == 0)
        {
            _session.HandleOutput(now, Greeting.Compose(program.WorkingDirectory, _user?.Name));
        }

        CoreDumps.Restore();
        int errno = Pty.TryStart(program, width, height, out _pty);
        CoreDumps.Disable();
        if (errno != 0)
        {
            string reason = "mosh-server: cannot run " + program.File + ": " + Libc.ErrorText(errno) + "\r\n";
            _session.HandleOutput(now, System.Text.Encoding.UTF8.GetBytes(reason));
            _exitCode = 1;
            Shutdown(now);
            return;
        }

        _log.Begin(_pty!.Fd);
    }

    /// <summary>Before the program starts, which finds its path in the environment. A session without it is still a session.</summary>
    private void OpenAgent(Instant now)
    {
        if (_policy.Complaint is { } complaint)
        {
            _log.Complain(complaint);
        }

        if (!_options.HasAgent)
        {
            return;
        }

        if (_policy.Allows(PolicySubject.Agent, "", out string reason))
        {
            _agent = AgentListener.TryOpen(Hub, ControlDirectory.Path, ControlDirectory.OwnSession, out reason);
        }

        if (_agent is null)
        {
            _session.HandleOutput(now, System.Text.Encoding.UTF8.GetBytes($"roam: no agent here: {reason}\r\n"));
        }
    }

    private void CheckDeadlines(Instant now)
    {
        if (now < NextDeadline())
        {
            return;
        }

        if (!_programStarted)
        {
            Abandon(1, "no client came within 60 s");
        }
        else if (_endsBy <= now)
        {
            CheckProgramEnd(now);
        }
        else if (_log.IsConnected && now.MillisSince(_session.LastHeard) >= ContactLostMillis)
        {
            _log.ContactLost();
        }
        else if (!_shuttingDown)
        {
            Note("nothing heard for " + TimeoutSeconds + " s");
            Shutdown(now);
        }
    }

    /// <summary>The host's own deadlines; the session has its own.</summary>
    private Instant NextDeadline()
    {
        if (!_programStarted)
        {
            return _started.PlusMillis(FirstContactMaxMillis);
        }

        Instant next = Instant.Min(_endsBy, _log.IsConnected ? _session.LastHeard.PlusMillis(ContactLostMillis) : Instant.Never);
        if (TimeoutSeconds > 0 && !_shuttingDown)
        {
            next = Instant.Min(next, _session.LastHeard.PlusMillis(TimeoutSeconds * 1000));
        }

        return next;
    }

    private void Transmit(Instant now)
    {
        while (_session.PollTransmit(now, _batch.Room, out int length, out PeerAddress to))
        {
            if (to.IsCarried)
            {
                // A reader that is too slow loses it, as a full link would.
                _ = _control.Carried.Send(_batch.Room[..length], to);
                continue;
            }

            TakeResult(_batch.Add(_outgoing, length, to));
        }

        TakeResult(_batch.Flush());
        _control.Carried.Flush();
    }

    private void Shutdown(Instant now)
    {
        if (!_programStarted)
        {
            // Nobody is there who could be told.
            Abandon(0, null);
        }
        else if (!_shuttingDown)
        {
            _shuttingDown = true;
            _session.Shutdown(now);
        }
    }

    private void Abandon(int exitCode, string? reason)
    {
        _abandoned = true;
        _exitCode = exitCode;
        if (reason != null)
        {
            Note(reason);
        }
    }

    /// <summary>Closes the pty: the program's session gets SIGHUP.</summary>
    private void Hangup()
    {
        _piped?.Dispose();
        if (_pty != null)
        {
            _log.End();
            _pty.Dispose();
            _pty.TryReap();
            _pty = null;
        }
    }

    private void TakeResult(SendResult result)
    {
        if (result != SendResult.Sent)
        {
            _session.HandleSendError(result == SendResult.TooLong);
        }
    }

    private void Note(string text)
    {
        if (_options.Verbosity > 0)
        {
            StandardStreams.Error("mosh-server: " + text + "\n");
        }
    }
}
