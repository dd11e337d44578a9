using Roam.Session;
using Roam.Transport;

namespace Roam.Host;

/// <summary>One thread, one ppoll over sockets, signals and what the session is for (<see cref="IClientFront"/>); see <see cref="ServerLoop"/> for the shape of a turn.</summary>
internal sealed unsafe class ClientLoop : IDisposable
{
    private const int DatagramsPerTurnMax = 128;
    private const int ReceiveBytesMax = 2048;

    // Waking up so long after the time that was asked for: the machine or the process slept, and the network may be another one.
    private const long OversleptMillis = 1500;

    private const int SignalSlot = 0;
    private const int FrontSlot = 1;
    private const int ResumeSlot = FrontSlot + IClientFront.SlotCount;
    private const int NetworkSlot = ResumeSlot + 1;
    private const int WaysSlot = NetworkSlot + 1;
    private const int HubSlot = WaysSlot + ClientWays.SlotCount;
    private const int FirstSocketSlot = HubSlot + 1;
    private const int SlotMax = FirstSocketSlot + ClientSockets.CountMax;

    private readonly ClientSockets _sockets;
    private readonly IClientFront _front;
    private readonly SignalFd _signals;
    private readonly ResumeWatch _resume = new();
    private readonly NetworkWatch _network = new();
    private readonly ClientSession _session;
    private readonly ClientWays _ways;
    private readonly PeerAddress _firstServer;
    private readonly SendBatch _batch = new();
    private readonly byte[] _datagram = new byte[ReceiveBytesMax];
    private Instant _overslept = Instant.Never;
    private bool _shuttingDown;
    private ClientOutcome? _forced;

    public ClientLoop(
        ClientHostOptions options, SessionKey key, List<PeerAddress> servers, ClientSockets sockets, IClientFront front, SignalFd signals, ICompressor compressor)
    {
        _sockets = sockets;
        _ways = new ClientWays(options);
        _firstServer = servers[0];
        _front = front;
        _signals = signals;
        ClientSessionOptions session = front.Describe() with
        {
            UdpPort = options.Port,
            OtherAddresses = servers[1..],
            Carrier = _ways.Use,
            ReservedBytes = options.FindsMorePlaces ? Place.IdBytesMax : options.Places.Count == 0 ? 0 : options.Places.Max(place => place.Id.Length),
        };
        _session = new ClientSession(key, new RoamTiming(), new SystemRandom(), compressor, SystemClock.Now, servers[0], session);
        Hub = new StreamHub(_session);
        Hub.Serve(StreamKind.Agent, new AgentServer(Hub, options.AgentPath));
        Forwards = new ClientForwards(Hub, _session, options);
        front.Attach(_session, Hub);
    }

    /// <summary>Where streams meet descriptors.</summary>
    internal StreamHub Hub { get; }

    internal ClientForwards Forwards { get; }

    /// <summary>The system's text for the last datagram that could not be sent.</summary>
    public string? NetworkError { get; private set; }

    /// <summary>Why ssh could not carry the session; null: it could, or was not tried.</summary>
    public string? CarrierFailure => _ways.Failure;

    public CarrierUse CarrierUse => _ways.Use;

    public ProgramEnd ProgramEnd => _session.ProgramEnd;

    public TransportCounters Counters => _session.Counters;

    public ClientOutcome Run()
    {
        _front.Open(SystemClock.Now);
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

    public void Dispose()
    {
        _front.Close();
        Forwards.Dispose();
        Hub.Dispose();
        _ways.Dispose();
        _resume.Dispose();
        _network.Dispose();
        _batch.Dispose();
    }

    private int Wait(Libc.PollFd* fds, Instant now)
    {
        fds[SignalSlot] = new Libc.PollFd { Fd = _signals.Fd, Events = Libc.POLLIN };
        _front.Fill(now, new Span<Libc.PollFd>(fds + FrontSlot, IClientFront.SlotCount));
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
        until = Instant.Min(until, _front.NextTimeout);
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
        _front.Turn(now, new ReadOnlySpan<Libc.PollFd>(fds + FrontSlot, IClientFront.SlotCount));
        _sockets.Prune(now);
        if (_network.Turn(now, fds[NetworkSlot].Revents != 0, _session.Server.IsCarried || _session.Server.IsNone ? _firstServer : _session.Server))
        {
            _ways.NetworkChanged(now);
            _session.NetworkChanged(now);
        }

        _session.HandleTimeout(now);
        HandleEvents(now);
        if (!Forwards.Turn(now))
        {
            Shutdown(now);
        }

        Hub.Turn(now);
        EndIfWanted(now);
        Transmit(now);
        _front.Show(now);
        EndIfWanted(now);
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
            // An ssh that ended, or a reader that is gone: whoever wrote has seen it. As SIGPIPE is blocked, it comes here although it is ignored.
            if (signal == Libc.SIGPIPE || _front.TakesSignal(now, signal))
            {
                continue;
            }

            if (_shuttingDown && signal is (Libc.SIGTERM or Libc.SIGINT))
            {
                // The first request waits for the server's answer, up to 10 s; whoever asks again does not want to.
                _forced ??= ClientOutcome.Unclean;
            }

            Shutdown(now);
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

    private void HandleEvents(Instant now)
    {
        while (_session.PollEvent(out ClientEvent e))
        {
            switch (e)
            {
                case ClientEvent.Command:
                    Forwards.Control.Type(now, _session.TypedCommand);
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
                default:
                    _front.Take(now, e);
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

    private void EndIfWanted(Instant now)
    {
        if (_front.WantsEnd)
        {
            Shutdown(now);
        }
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
