using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// The server's end of a session without an operating system: the emulator, the synchronised states and the protocol. The host owns the socket and the pty and pumps.
/// Order of calls: A getters at any time; after any B (input) or C (command) call all of D (output) until each is empty; sleep until <see cref="NextTimeout"/>.
/// </summary>
public sealed partial class ServerSession
{
    /// <summary>Longest time that a program may hold its frame back with mode 2026 (terminal.md section 3).</summary>
    public const int SynchronizedHoldMillis = 150;

    /// <summary>
    /// User events that may wait for a program that does not read. Beyond it new states of the client are refused: it keeps them and sends them again.
    /// Some room below the log's own limit, for one more state.
    /// </summary>
    public const int InputBacklogMax = UserLog.UnitsMax / 2;

    /// <summary>Events not fetched yet; the host fetches them every turn. At the limit new ones are dropped.</summary>
    private const int EventsMax = 32;

    private readonly SspConnection<TerminalState, UserStream> _connection;
    private readonly TerminalWorkspace _workspace;
    private readonly Emulator _emulator;
    private readonly TerminalState _local;
    private readonly ServerInput _input;
    private readonly EchoAckQueue _echoAcks;
    private readonly Queue<ServerEvent> _events = new(EventsMax);
    private readonly bool _announces;

    private bool _isStarted;
    private bool _isPresent;

    /// <summary>Until when the program may hold its frame back; Never while it does not.</summary>
    private Instant _heldUntil = Instant.Never;

    /// <summary>The program's frame (mode 2026) that the time above belongs to.</summary>
    private int _heldFrame;

    private long _verifyReported;

    public ServerSession(SessionKey key, ITimingPolicy timing, IRandom random, ICompressor compressor, Instant now, ServerSessionOptions options)
    {
        _workspace = new TerminalWorkspace { Verify = options.Verify };
        _emulator = new Emulator(
            options.Width,
            options.Height,
            new EmulatorOptions
            {
                ColorCount = options.ColorCount,
                AllowScreenReports = options.AllowScreenReports,
                AllowClipboardQuery = options.AllowClipboardQuery,
                HistoryLines = options.HistoryLines,
                ProductVersion = $"roam({BuildVersion.Number})",
                Tables = _workspace.Tables,
                Pool = _workspace.Pool,
            });
        _local = new TerminalState(_workspace) { Screen = _emulator.Screen };
        UserLog log = new();
        _connection = new SspConnection<TerminalState, UserStream>(Side.Server, key, _local, new UserStream(log), timing, random, compressor, now);
        _input = new ServerInput(log, _emulator);
        _echoAcks = new EchoAckQueue(options.EchoAckDelayMillis);
        _announces = options.Announces;
        _compressor = compressor;
    }

    public Instant NextTimeout => Instant.Min(_connection.NextTimeout, Instant.Min(_echoAcks.NextTimeout, Instant.Min(Instant.Min(_heldUntil, _looksAt), Instant.Min(_endsAt, _history?.NextTimeout ?? Instant.Never))));

    public bool IsFinished => _connection.IsFinished;

    public Instant LastHeard => _connection.LastHeard;

    /// <summary>Where the client is; none before it was heard and after 40 s of silence.</summary>
    public PeerAddress Client => _connection.Peer;

    /// <summary>What the client said of itself: null as long as it has not, and with stock's always.</summary>
    public Announcement? PeerAnnouncement => _input.Log.PeerHello;

    public TransportCounters Counters => _connection.Counters;

    /// <summary>Diffs that did not give the screen they should (<see cref="ServerSessionOptions.Verify"/>).</summary>
    public long VerifyFailures => _workspace.VerifyFailures;

    /// <summary>Whether <see cref="PollInput"/> has something: the host asks poll(2) for POLLOUT on the pty only then.</summary>
    public bool HasInput => _isStarted && (_input.HasKeys || _input.HasReplies);

    internal SspConnection<TerminalState, UserStream> Connection => _connection;

    internal TerminalState LocalState => _local;

    internal TerminalWorkspace Workspace => _workspace;

    internal Emulator Emulator => _emulator;

    internal ServerInput Input => _input;

    public ReceiveResult HandleDatagram(Instant now, in PeerAddress from, ReadOnlySpan<byte> datagram, bool congestionExperienced)
    {
        _connection.RefusesNewStates = _input.WaitingCount > InputBacklogMax;
        ReceiveResult result = _connection.HandleDatagram(now, from, datagram, congestionExperienced);
        TakeTransportEvents();
        if (result is not (ReceiveResult.NewState or ReceiveResult.Accepted))
        {
            return result;
        }

        if (!_isPresent)
        {
            _isPresent = true;
            Report(ServerEventKind.ClientConnected);
        }

        WelcomeClient(now);
        if (result == ReceiveResult.NewState)
        {
            _input.Receive(_connection.RemoteNumber, _connection.Remote.Position);
            AfterInput(now);
        }

        if (!_isStarted)
        {
            _isStarted = true;
            Report(ServerEventKind.StartProgram);
        }

        return result;
    }

    /// <summary>Nothing new is sent to a client that has not announced itself.</summary>
    private void WelcomeClient(Instant now)
    {
        if (_announces && _local.Welcome is null && PeerAnnouncement is { } hello)
        {
            _local.Welcome = (_emulator.History is null ? Announcement.Own.Without(Feature.History) : Announcement.Own).WelcomeTo(hello);
            _connection.SendsReports = _local.Welcome.Features.Has(Feature.LossReport);
            _connection.UsesPaths = _local.Welcome.Features.Has(Feature.Paths);
            WelcomeToStreams(_local.Welcome.Features);
            _saysFarTerminal = _local.Welcome.Features.Has(Feature.FarTerminal);
            if (_local.HasExtras)
            {
                // Events from before this client came are none of its business.
                _emulator.Screen.Extras = _emulator.Screen.Extras.WithoutEvents();
                _emulator.Client = hello.Terminal ?? ClientTerminal.Unknown;
            }

            NoteChange(now);
        }
    }

    /// <summary>Bytes that the program wrote to the pty.</summary>
    public void HandleOutput(Instant now, ReadOnlySpan<byte> output)
    {
        _emulator.Write(output);
        BoundHold(now);
        NoteChange(now);
        LookAgain(now);
    }

    /// <summary>How the program ended: a part of the last state, so to be said before <see cref="Shutdown"/>.</summary>
    public void SetEnd(ProgramEnd end) => _local.End = end;

    public void HandleTimeout(Instant now)
    {
        if (_heldUntil <= now)
        {
            BoundHold(now);
            NoteChange(now);
        }

        if (_echoAcks.TryTakeDue(now, out ulong number))
        {
            _local.EchoAck = number;
            _connection.SetLocal(now, _local, isMinor: true);
            _looks = true;
        }

        _connection.HandleTimeout(now);
        TakeTransportEvents();
    }

    public void HandleSendError(bool messageTooLong) => _connection.HandleSendError(messageTooLong);

    /// <summary>Starts an orderly end; what the program wrote last still arrives.</summary>
    public void Shutdown(Instant now)
    {
        _emulator.EndSynchronizedUpdate();
        BoundHold(now);
        NoteChange(now);
        if (!PutsOffEnd(now))
        {
            _connection.Shutdown(now);
        }
    }

    public bool PollTransmit(Instant now, Span<byte> destination, out int written, out PeerAddress to)
    {
        EndLook(now);
        FeedStreams(now);
        bool any = _connection.PollTransmit(now, destination, out written, out to);
        TakeTransportEvents();
        return any;
    }

    /// <summary>
    /// Bytes for the pty: the user's keys and answers to the program's queries. 0 = none. Call only when the pty takes input (the time of the call is the time at which the echo
    /// acknowledgement starts to run); what is not fetched stays here, bounded, and finally the peer's new states are refused. The destination holds at least 64 bytes.
    /// </summary>
    public int PollInput(Instant now, Span<byte> destination)
    {
        if (!_isStarted)
        {
            return 0;
        }

        int written = _input.Take(destination);
        _looks |= written != 0;
        AfterInput(now);
        return written;
    }

    public bool PollEvent(out ServerEvent e)
    {
        if (_workspace.VerifyFailures != _verifyReported)
        {
            _verifyReported = _workspace.VerifyFailures;
            Report(ServerEventKind.VerifyFailed);
        }

        return _events.TryDequeue(out e);
    }

    /// <summary>User events moved on: resizes that were reached take effect, and states given whole start their echo delay.</summary>
    private void AfterInput(Instant now)
    {
        if (_input.TryTakeResize(out int width, out int height) && (width != _emulator.Screen.Width || height != _emulator.Screen.Height))
        {
            _emulator.Resize(width, height);
            if (_isStarted)
            {
                Report(ServerEventKind.Resize);
            }

            NoteChange(now);
        }

        if (_input.TryTakeTerminal(out ClientTerminal terminal) && _local.HasExtras)
        {
            _emulator.Client = terminal;
            NoteChange(now);
        }

        if (_input.TryTakeGiven(out ulong number))
        {
            _echoAcks.Add(now, number);
        }
    }

    /// <summary>Mode 2026: the emulator keeps the picture from before the program's frame until the frame is complete; here the wait is bounded.</summary>
    private void BoundHold(Instant now)
    {
        if (!_emulator.SynchronizedUpdate)
        {
            _heldUntil = Instant.Never;
        }
        else if (_heldFrame != _emulator.SynchronizedUpdateCount)
        {
            _heldFrame = _emulator.SynchronizedUpdateCount;
            _heldUntil = now.PlusMillis(SynchronizedHoldMillis);
        }
        else if (_heldUntil <= now)
        {
            _heldUntil = Instant.Never;
            _emulator.EndSynchronizedUpdate();
        }
    }

    /// <summary>
    /// The connection learns when the program last wrote: it sends when that is a moment ago. It reads the state only then, so a flood of output costs no snapshots.
    /// </summary>
    private void NoteChange(Instant now)
    {
        _local.Screen = _emulator.FrameScreen;
        _local.FarTerminal = WithScreenOfFrame(_local.FarTerminal);
        _connection.SetLocal(now, _local);
    }

    private void TakeTransportEvents()
    {
        while (_connection.PollEvent(out TransportEvent e))
        {
            switch (e)
            {
                case TransportEvent.PeerRoamed when _isPresent:
                    Report(ServerEventKind.ClientRoamed);
                    break;
                case TransportEvent.PeerSilent:
                    _isPresent = false;
                    Report(ServerEventKind.ClientSilent);
                    break;
                case TransportEvent.PeerShutdown:
                    Report(ServerEventKind.PeerShutdown);
                    break;
                case TransportEvent.ShutdownDone:
                    Report(ServerEventKind.Finished);
                    break;
                case TransportEvent.KeyExhausted:
                    Report(ServerEventKind.KeyExhausted);
                    break;
            }
        }
    }

    private void Report(ServerEventKind kind)
    {
        if (_events.Count < EventsMax)
        {
            _events.Enqueue(new ServerEvent(kind, _emulator.Screen.Width, _emulator.Screen.Height, _connection.Peer));
        }
    }
}
