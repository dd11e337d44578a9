namespace Roam.Transport;

/// <summary>One end of a session: keeps <typeparamref name="TLocal"/> equal on the peer, and <typeparamref name="TRemote"/> equal to the peer's.</summary>
public sealed partial class SspConnection<TLocal, TRemote>
    where TLocal : class, ISyncState<TLocal>
    where TRemote : class, ISyncState<TRemote>
{
    private readonly ITimingPolicy _timing;

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
        ArgumentNullException.ThrowIfNull(initialRemote);
        _timing = timing;
        Remote = initialRemote.Snapshot();
        LastHeard = now;
        LastAckedSentAt = now;
        Peer = peer;
        _ = (side, key, initialLocal, random, compressor);
    }

    public Instant NextTimeout { get; private set; } = Instant.Never;

    /// <summary>The peer's newest state. Owned by the connection: valid until the next input.</summary>
    public TRemote Remote { get; private set; }

    public ulong RemoteNumber { get; private set; }

    /// <summary>Number of the newest local state that the peer has acknowledged.</summary>
    public ulong AckedByPeer { get; private set; }

    public ulong LastSentNumber { get; private set; }

    public long SendIntervalMillis => _timing.SendIntervalMillis(RoundTrip.Unknown);

    public long SrttMillis { get; private set; }

    public long RtoMillis => _timing.RetransmitTimeoutMillis(RoundTrip.Unknown);

    public Instant LastHeard { get; private set; }

    public Instant LastAckedSentAt { get; private set; }

    public PeerAddress Peer { get; private set; }

    public bool IsShuttingDown { get; private set; }

    public bool IsFinished { get; private set; }

    public TransportCounters Counters { get; } = new();

    public int MtuBytes { get; private set; }

    /// <summary>The local state differs from the last one sent; found at <see cref="SetLocal"/>.</summary>
    public bool HasUnsentChange { get; private set; }

    /// <summary>The end was agreed: the peer acknowledged ours or we acknowledged the peer's. False when it was given up.</summary>
    public bool EndedCleanly { get; private set; }

    /// <summary>Back-pressure: while set, instructions with a new state are dropped (the peer sends them again); acknowledgements are still taken.</summary>
    public bool RefusesNewStates { get; set; }

    public ReceiveResult HandleDatagram(Instant now, in PeerAddress from, ReadOnlySpan<byte> datagram, bool congestionExperienced) => ReceiveResult.TooShort;

    public void HandleTimeout(Instant now) => NextTimeout = Instant.Never;

    public void HandleSendError(bool messageTooLong) => MtuBytes = messageTooLong ? 500 : MtuBytes;

    public void SetLocal(Instant now, TLocal current) => NextTimeout = now;

    public void Shutdown(Instant now) => IsShuttingDown = true;

    public void HopDone(Instant now) => NextTimeout = now;

    public bool PollTransmit(Instant now, Span<byte> destination, out int written, out PeerAddress to)
    {
        written = 0;
        to = Peer;
        return false;
    }

    public bool PollEvent(out TransportEvent transportEvent)
    {
        transportEvent = default;
        return false;
    }
}
