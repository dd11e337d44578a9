namespace Roam.Transport;

/// <summary>
/// One end of a session: keeps <typeparamref name="TLocal"/> equal on the peer, and <typeparamref name="TRemote"/> equal to the peer's (spec: docs/protocol.md).
/// A pure state machine, without a socket and without a clock. Its members are of four kinds:
/// <list type="bullet">
/// <item>A, getters: what is known, among it <see cref="NextTimeout"/>.</item>
/// <item>B, input: <see cref="HandleDatagram"/>, <see cref="HandleTimeout"/> (at NextTimeout or later), <see cref="NetworkChanged"/>, <see cref="HandleSendError"/>, <see cref="HandleSendFailure"/>.</item>
/// <item>C, commands: <see cref="SetLocal"/>, <see cref="Shutdown"/>, <see cref="HopDone"/>, <see cref="SetCandidates"/>, <see cref="AddCandidate"/>, <see cref="CarrierReady"/>, <see cref="CarrierLost"/>.</item>
/// <item>D, output: <see cref="PollTransmit"/> and <see cref="PollEvent"/>. After any B or C the caller runs both until they return false.</item>
/// </list>
/// Snapshots: the connection takes its own of everything it is given and releases each exactly once when it drops it. Single-threaded.
/// </summary>
public sealed partial class SspConnection<TLocal, TRemote>
    where TLocal : class, ISyncState<TLocal>
    where TRemote : class, ISyncState<TRemote>
{
    private readonly Side _side;
    private readonly ITimingPolicy _timing;
    private readonly IRandom _random;
    private readonly DatagramCodec _datagrams;
    private readonly InstructionCodec _instructions;
    private readonly SentStates<TLocal> _sent;
    private readonly ReceivedStates<TRemote> _received;
    private readonly RoundTripEstimator _roundTrip = new();
    private DeadlineTable _deadlines = new();
    private int _reservedBytes;

    public SspConnection(
        Side side,
        SessionKey key,
        TLocal initialLocal,
        TRemote initialRemote,
        ITimingPolicy timing,
        IRandom random,
        ICompressor compressor,
        Instant now,
        PeerAddress peer = default)
    {
        ArgumentNullException.ThrowIfNull(initialLocal);
        ArgumentNullException.ThrowIfNull(initialRemote);
        _side = side;
        _timing = timing;
        _random = random;
        _datagrams = new DatagramCodec(side, key);
        _instructions = new InstructionCodec(compressor);
        _sent = new SentStates<TLocal>(initialLocal.Snapshot(), now);
        _received = new ReceivedStates<TRemote>(initialRemote.Snapshot());
        _lastSend = now;
        _ackDue = now;
        _lastPortChoice = now;
        LastHeard = now;
        LastAckedSentAt = now;
        Peer = peer;
        _path = new PathSize(DatagramBytesFor(peer));
        Arm(now);
    }

    /// <summary>When to call <see cref="HandleTimeout"/>, if nothing comes before.</summary>
    public Instant NextTimeout => _deadlines.Next;

    /// <summary>Of the time of this turn's <see cref="HandleTimeout"/>: a datagram is due, and <see cref="PollTransmit"/> will look at the local state.</summary>
    public bool IsSendDue(Instant now) => _deadlines[Deadline.Send] <= now;

    /// <summary>The peer's newest state. Owned by the connection: valid until the next input.</summary>
    public TRemote Remote => _received.Newest;

    public ulong RemoteNumber => _received.NewestNumber;

    /// <summary>Number of the newest local state that the peer has acknowledged.</summary>
    public ulong AckedByPeer => _sent.First.Number;

    public ulong LastSentNumber => _sent.Last.Number;

    public long SendIntervalMillis => _timing.SendIntervalMillis(_roundTrip.Current);

    /// <summary>Whether any round trip has been measured; before, the times below are stock's guesses.</summary>
    public bool HasRoundTrip => _roundTrip.Current.IsKnown;

    public long SrttMillis => _roundTrip.Current.SrttMicros / 1000;

    public long RtoMillis => _timing.RetransmitTimeoutMillis(_roundTrip.Current);

    /// <summary>When the peer's newest state arrived; the start of the session before that.</summary>
    public Instant LastHeard { get; private set; }

    /// <summary>When the newest acknowledged state was sent: the last confirmed round trip.</summary>
    public Instant LastAckedSentAt { get; private set; }

    /// <summary>Where datagrams go: at the client what it was given (of several addresses the one that answers), the newest authentic source at the server, none when that is unknown.</summary>
    public PeerAddress Peer { get; private set; }

    /// <summary>Longest datagram that is sent.</summary>
    public int MtuBytes => _path.Bytes;

    /// <summary>This side has started the end.</summary>
    public bool IsShuttingDown { get; private set; }

    /// <summary>Nothing more will be sent or taken.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The end was agreed: the peer acknowledged ours, or we acknowledged the peer's. False when it was given up.</summary>
    public bool EndedCleanly { get; private set; }

    /// <summary>The local state differs from the last one sent; found at <see cref="SetLocal"/>.</summary>
    public bool HasUnsentChange => _firstChange != Instant.Never;

    /// <summary>It is one that waits for company.</summary>
    public bool IsUnsentChangeMinor => HasUnsentChange && _isMinorChange;

    public TransportCounters Counters { get; } = new();

    /// <summary>Back-pressure: while set, instructions with a new state are dropped (the peer sends them again); acknowledgements are still taken.</summary>
    public bool RefusesNewStates { get; set; }

    internal int ReceivedStatesHeld => _received.Count;

    internal int SentStatesHeld => _sent.Count;

    internal int PendingFragmentBytes => _assembly.PendingBytes;

    /// <summary>The snapshot that went out under <see cref="LastSentNumber"/>.</summary>
    internal TLocal LastSentState => _sent.Last.State;

    /// <summary>Test access to the counters that end a session.</summary>
    internal DatagramCodec Datagrams => _datagrams;

    /// <summary>Datagrams are made so much shorter, because the host puts something before them. Before the first one leaves.</summary>
    public void Reserve(int bytes)
    {
        _reservedBytes = Math.Clamp(bytes, 0, SspLimits.ReservedBytesMax);
        _path.Reset(DatagramBytesFor(Peer));
    }

    private int DatagramBytesFor(in PeerAddress peer) =>
        SspLimits.PacketBytes - (peer.IsIPv6 ? SspLimits.IPv6OverheadBytes : SspLimits.IPv4OverheadBytes) - _reservedBytes;
}
