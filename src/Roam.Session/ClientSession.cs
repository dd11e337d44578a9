using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// The client's end of a session without an operating system: keys in, frames out, protocol between. The host owns the sockets and the terminal and pumps.
/// Order of calls: A getters at any time; after any B (input) or C (command) call all of D (output) until each is empty; sleep until <see cref="NextTimeout"/>.
/// </summary>
public sealed partial class ClientSession
{
    /// <summary>A session that never heard its server says so after this long ...</summary>
    public const int ConnectingNoticeMillis = 250;

    /// <summary>... and gives up after this long (ssp.md section 8), counted from when the ways were there to be tried.</summary>
    public const int GiveUpMillis = 15_000;

    /// <summary>
    /// User events sent beyond the acknowledged ones. A large paste goes out in steps of this size, one a round trip: a diff of a few datagrams that a lossy link can carry whole.
    /// Stock sends all of it at once.
    /// </summary>
    public const int WindowMax = 8192;

    /// <summary>
    /// User events that may wait while the server answers; beyond it the host leaves the terminal unread, so that a paste of any length arrives whole.
    /// </summary>
    public const int InputBacklogMax = UserLog.UnitsMax / 2;

    /// <summary>A server silent for longer no longer holds the reading up: the escape key must work, at the price of what does not fit.</summary>
    public const int InputHoldMillis = 10_000;

    /// <summary>Events not fetched yet; the host fetches them every turn. At the limit new ones are dropped.</summary>
    private const int EventsMax = 32;

    private const int InputChunkBytes = 512;

    /// <summary>A longer read is a paste: nothing is guessed for it (prediction.md).</summary>
    private const int PasteBytes = 100;

    private const byte CtrlL = 0x0C;

    private readonly SspConnection<UserStream, TerminalState> _connection;
    private readonly TerminalWorkspace _workspace = new();
    private readonly UserLog _log;
    private readonly UserStream _local;
    private readonly EscapeKeys _escape;
    private readonly ClientScreen _screen;
    private readonly Queue<ClientEvent> _events = new(EventsMax);
    private readonly Instant _started;
    private readonly int _udpPort;

    private bool _isChanged;
    private bool _isMinorChange;
    private bool _isFull;
    private bool _gaveUp;
    private bool _isAbandoned;
    private bool _hasFarTerminal;

    public ClientSession(
        SessionKey key, ITimingPolicy timing, IRandom random, ICompressor compressor, Instant now, PeerAddress server, ClientSessionOptions options)
    {
        _log = new UserLog { Hello = HelloOf(options) };
        _local = new UserStream(_log);
        TerminalState remote = _workspace.NewState(options.Width, options.Height);
        _connection = new SspConnection<UserStream, TerminalState>(Side.Client, key, _local, remote, timing, random, compressor, now, server);
        _connection.Reserve(options.ReservedBytes);
        _connection.SetCandidates(now, [server, .. options.OtherAddresses], options.Carrier);
        _carrier = options.Carrier;
        _triedSince = now;
        _escape = new EscapeKeys(options.EscapeKey);
        _screen = new ClientScreen(options);
        _started = now;
        _udpPort = options.UdpPort;
        _compressor = compressor;
        _wantsHistory = options.WantsHistory;
        Terminal = _toldTerminal = options.Terminal ?? ClientTerminal.Unknown;
        HandleResize(now, options.Width, options.Height);
        _events.Clear();
        TakeTransportEvents();
    }

    private static Announcement? HelloOf(ClientSessionOptions options) =>
        !options.Announces ? null : options.WantsHistory ? Announcement.HelloOf(options.Terminal) : Announcement.HelloOf(options.Terminal).Without(Feature.History);

    public Instant NextTimeout
    {
        get
        {
            Instant next = Instant.Min(_connection.NextTimeout, _screen.NextTimeout);
            if (!EverHeard)
            {
                next = Instant.Min(next, _screen.HasMessage ? _triedSince.PlusMillis(GiveUpMillis) : _started.PlusMillis(ConnectingNoticeMillis));
            }

            return next;
        }
    }

    public bool IsFinished => _connection.IsFinished || _gaveUp || _isAbandoned;

    public bool EverHeard { get; private set; }

    /// <summary>The end was agreed with the server: exit code 0.</summary>
    public bool CleanShutdown => _connection.EndedCleanly;

    /// <summary>How the program ended. Unknown as long as it runs, when the session was ended for another reason, and with stock's servers.</summary>
    public ProgramEnd ProgramEnd => _connection.Remote.End;

    /// <summary>What the server said of itself: null as long as it has not, and with stock's always. Nothing waits for it.</summary>
    public Announcement? PeerAnnouncement { get; private set; }

    /// <summary>Where datagrams go.</summary>
    public PeerAddress Server => _connection.Peer;

    public Instant LastHeard => _connection.LastHeard;

    public TransportCounters Counters => _connection.Counters;

    /// <summary>False: leave the terminal unread for now, enough input is waiting for the server.</summary>
    public bool TakesInput(Instant now) => _log.Count < InputBacklogMax || now >= LastHeard.PlusMillis(InputHoldMillis);

    internal SspConnection<UserStream, TerminalState> Connection => _connection;

    internal UserStream LocalState => _local;

    internal UserLog Log => _log;

    internal TerminalWorkspace Workspace => _workspace;

    public ReceiveResult HandleDatagram(Instant now, in PeerAddress from, ReadOnlySpan<byte> datagram, bool congestionExperienced)
    {
        if (IsFinished)
        {
            // What comes after giving up does not bring the session back.
            return ReceiveResult.Dropped;
        }

        ReceiveResult result = _connection.HandleDatagram(now, from, datagram, congestionExperienced);
        TakeTransportEvents();
        if (result is not (ReceiveResult.NewState or ReceiveResult.Accepted))
        {
            return result;
        }

        if (!EverHeard)
        {
            EverHeard = true;
            _screen.SetMessage(null);
            Report(ClientEvent.Connected);
        }

        PublishWaiting(now);
        NoteWay();
        _screen.SetContact(_connection.LastHeard, _connection.LastAckedSentAt);
        if (result == ReceiveResult.NewState)
        {
            TakeWelcome(now);
            TakeRefusal();
            _screen.MarkChanged();
        }

        TellTerminal(now);
        ReadHistory(now);
        ReadSelections();
        return result;
    }

    private void TakeWelcome(Instant now)
    {
        if (PeerAnnouncement is null && _log.Hello is not null && _connection.Remote.Welcome is { } welcome)
        {
            PeerAnnouncement = welcome;
            FeatureSet common = Announcement.Own.Features.CommonWith(welcome.Features);
            _connection.SendsReports = common.Has(Feature.LossReport);
            _hasFarTerminal = common.Has(Feature.FarTerminal);
            _hasExtras = common.Has(Feature.ScreenExtras);
            _connection.UsesPaths = common.Has(Feature.Paths);
            WelcomeToHistory(now, common);
            WelcomeToSelections();
        }
    }

    /// <summary>One read of the terminal. Reads of more than 100 bytes are taken as a paste.</summary>
    public void HandleInput(Instant now, ReadOnlySpan<byte> input)
    {
        // A byte can become two: the kept escape key and itself. Longer reads go in pieces, and none of a paste's pieces is short.
        Span<byte> keys = stackalloc byte[InputChunkBytes * 2];
        bool isPaste = input.Length > PasteBytes;
        while (!input.IsEmpty && !_connection.IsShuttingDown)
        {
            ReadOnlySpan<byte> chunk = input[..Math.Min(input.Length, InputChunkBytes)];
            input = input[chunk.Length..];
            int count = Filter(now, chunk, keys);
            Type(now, keys[..count], isPaste);
        }

        NoteChange(now);
    }

    private int Filter(Instant now, ReadOnlySpan<byte> input, Span<byte> keys)
    {
        _escape.OffersForwards = _hasChannels;
        int count = 0;
        while (!input.IsEmpty)
        {
            if (_prompt.IsOpen)
            {
                input = input[TypeIntoPrompt(input)..];
                continue;
            }

            byte b = input[0];
            input = input[1..];
            bool wasWaiting = _escape.IsWaiting;
            switch (_escape.Next(b))
            {
                case EscapeAction.Send:
                    keys[count++] = b;
                    break;
                case EscapeAction.SendEscapeKey:
                    keys[count++] = _escape.Key;
                    break;
                case EscapeAction.SendBoth:
                    keys[count++] = _escape.Key;
                    keys[count++] = b;
                    break;
                case EscapeAction.Quit:
                    Quit(now);
                    return count;
                case EscapeAction.Suspend:
                    Report(ClientEvent.Suspend);
                    break;
                case EscapeAction.Prompt:
                    OpenPrompt();
                    continue;
            }

            if (wasWaiting != _escape.IsWaiting)
            {
                _screen.SetMessage(_escape.IsWaiting ? _escape.HelpText : null);
            }
        }

        return count;
    }

    private void Type(Instant now, ReadOnlySpan<byte> keys, bool isPaste)
    {
        if (keys.IsEmpty)
        {
            return;
        }

        if (isPaste)
        {
            _screen.Predictor.Reset();
        }
        else
        {
            TellPredictor();
            _screen.Predictor.NewUserInput(now.Micros, keys, _connection.Remote.Screen);
        }

        foreach (byte key in keys)
        {
            if (!_log.TryAppend(UserUnit.Key(key)))
            {
                SayFull();
                break;
            }

            if (key == CtrlL)
            {
                Repaint();
            }
        }

        _screen.MarkChanged();
    }

    public void HandleResize(Instant now, int width, int height)
    {
        width = Math.Clamp(width, 1, Screen.SideMax);
        height = Math.Clamp(height, 1, Math.Min(Screen.SideMax, Screen.AreaMax / width));
        if (!_log.TryAppendResize(width, height))
        {
            SayFull();
        }

        _screen.Predictor.Reset();
        Repaint();
        NoteChange(now, isMinor: EverHeard);
    }

    public void HandleTimeout(Instant now)
    {
        if (!EverHeard && !IsFinished)
        {
            CheckConnecting(now);
        }

        _screen.HandleTimeout(now);
        _connection.HandleTimeout(now);
        TakeTransportEvents();
    }

    public void HandleSendError(bool messageTooLong) => _connection.HandleSendError(messageTooLong);

    /// <summary>The system could not send: no route, no network. Tried again soon.</summary>
    public void HandleSendFailure(Instant now, in PeerAddress to) => _connection.HandleSendFailure(now, to);

    /// <summary>The host's addresses or routes changed, or it slept: speaks at once. The host bounds how often.</summary>
    public void NetworkChanged(Instant now)
    {
        if (!IsFinished)
        {
            _connection.NetworkChanged(now);
        }
    }

    /// <summary>Starts an orderly end. A server that was never heard is not waited for.</summary>
    public void Shutdown(Instant now) => Quit(now);

    /// <summary>The host's sockets changed as <see cref="ClientEvent.HopPort"/> asked.</summary>
    public void HopDone(Instant now) => _connection.HopDone(now);

    /// <summary>The terminal may show anything: paint all of it.</summary>
    public void Repaint()
    {
        Report(ClientEvent.Repaint);
        _screen.MarkChanged();
    }

    /// <summary>SIGCONT: the process was stopped, the terminal was somebody else's.</summary>
    public void Resumed(Instant now)
    {
        Repaint();
        HandleTimeout(now);
    }

    public bool PollTransmit(Instant now, Span<byte> destination, out int written, out PeerAddress to)
    {
        if (IsFinished && !_connection.IsFinished)
        {
            written = 0;
            to = default;
            return false;
        }

        if (_isChanged && _connection.NextTimeout <= now)
        {
            Publish(now);
        }

        bool any = _connection.PollTransmit(now, destination, out written, out to);
        TakeTransportEvents();
        if (!any)
        {
            // Sending lets go of old states too, which makes room for more of a paste.
            PublishWaiting(now);
        }

        return any;
    }

    /// <summary>True when there is something new to paint. The frame belongs to the session and stays valid until the next call of any method.</summary>
    public bool PollScreen(Instant now, out Screen frame)
    {
        if ((!_screen.IsDue && NextLines > now) || (!EverHeard && !_screen.HasMessage))
        {
            frame = null!;
            return false;
        }

        _linesDue = Instant.Never;
        TellPredictor();
        frame = _screen.Draw(now, _connection.Remote.Screen);
        frame.Extras = _selections?.Complete(frame.Extras) ?? frame.Extras;
        return true;
    }

    public bool PollEvent(out ClientEvent e) => _events.TryDequeue(out e);

    private void TellPredictor()
    {
        _screen.Predictor.SetLink(_connection.SendIntervalMillis);
        _screen.Predictor.SetFarTerminal(_hasFarTerminal ? _connection.Remote.FarTerminal : FarTerminal.Unknown);
        _screen.Predictor.SetFrames(_connection.LastSentNumber, _connection.AckedByPeer, _connection.Remote.EchoAck, _connection.RemoteNumber);
    }

    private void CheckConnecting(Instant now)
    {
        if (now >= _triedSince.PlusMillis(GiveUpMillis))
        {
            _gaveUp = true;
            Report(ClientEvent.ShutdownDone);
        }
        else if (now >= _started.PlusMillis(ConnectingNoticeMillis) && !_screen.HasMessage)
        {
            _screen.SetMessage($"Nothing received from server{OnWhat}.", showQuitHint: true);
        }
    }

    private void Quit(Instant now)
    {
        if (!EverHeard)
        {
            if (!IsFinished)
            {
                _isAbandoned = true;
                Report(ClientEvent.ShutdownDone);
            }

            return;
        }

        if (_connection.IsShuttingDown)
        {
            return;
        }

        _screen.SetMessage("Exiting...");
        _screen.Predictor.Reset();
        if (_isChanged)
        {
            Publish(now);
        }

        _connection.Shutdown(now);
    }

    private void SayFull()
    {
        if (!_isFull)
        {
            _isFull = true;
            _screen.SetMessage("Too much was typed while the server was away: the rest is lost.");
            Report(ClientEvent.InputLost);
        }
    }

    /// <summary>The connection learns of the first change at once; of later ones when it is about to send, so that resizes in a row become one.</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="isMinor">A window that is dragged changes its size many times: that may wait a little for the next size or key.</param>
    private void NoteChange(Instant now, bool isMinor = false)
    {
        _isMinorChange = isMinor && (_isMinorChange || !_isChanged);
        _isChanged = true;
        if (!_connection.HasUnsentChange || (_connection.IsUnsentChangeMinor && !isMinor))
        {
            Publish(now);
        }
    }

    /// <summary>The next step of what is larger than the window, once the window is open again.</summary>
    private void PublishWaiting(Instant now)
    {
        if (_local.Position < Math.Min(_log.End, _log.Floor + WindowMax) && !_connection.HasUnsentChange)
        {
            Publish(now);
        }
    }

    private void Publish(Instant now)
    {
        _isChanged = false;
        if (_isFull && _log.Count < UserLog.UnitsMax)
        {
            _isFull = false;
            _screen.SetMessage(null);
        }

        _local.AdvanceTo(Math.Max(_local.Position, Math.Min(_log.End, _log.Floor + WindowMax)));
        _connection.SetLocal(now, _local, _isMinorChange);
    }

    private void TakeTransportEvents()
    {
        while (_connection.PollEvent(out TransportEvent e))
        {
            switch (e)
            {
                case TransportEvent.HopPort:
                    Report(ClientEvent.HopPort);
                    break;
                case TransportEvent.ShutdownDone:
                    Report(ClientEvent.ShutdownDone);
                    break;
                case TransportEvent.WrongVersion when !EverHeard:
                    // A server of another version is one that never said anything else; later it is a single odd datagram, no reason to end a session.
                    Report(ClientEvent.WrongVersion);
                    break;
                case TransportEvent.KeyExhausted:
                    Report(ClientEvent.KeyExhausted);
                    break;
                case TransportEvent.WantsCarrier:
                    Report(ClientEvent.WantsCarrier);
                    break;
                case TransportEvent.CarrierUnneeded:
                    Report(ClientEvent.CarrierUnneeded);
                    break;
            }
        }
    }

    private void Report(ClientEvent e)
    {
        if (_events.Count < EventsMax)
        {
            _events.Enqueue(e);
        }
    }
}
