namespace Roam.Transport;

/// <summary>
/// The reliable byte streams of a connection (docs/protocol.md, section 8), in its datagrams beside the screen and behind it. The rules of the connection hold: after any of the commands
/// here, <see cref="SspConnection{TLocal, TRemote}.PollTransmit"/> is run until it gives nothing, as that also sets the next timeout. Streams survive roaming, sleep and silence of any
/// length. An id that is not open reads as empty and takes nothing.
/// </summary>
public sealed partial class StreamSet
{
    /// <summary>RFC 9000, section 2.1: the lowest bit says who opened it, the second one that both ends write.</summary>
    private const int IdShift = 2;
    private const ulong IdKindMask = 3;

    private readonly ulong _ownBit;
    private readonly BufferPool _pool = new();
    private readonly StreamTable _streams = new();
    private readonly Stack<ByteStream> _spare = new();

    /// <summary>What has something to do: no call looks at the others.</summary>
    private readonly StreamList _control = new(StreamSlot.Control);
    private readonly StreamList _events = new(StreamSlot.Event);
    private readonly StreamList _channelEvents = new(StreamSlot.Event);
    private readonly SendOrder _order = new();

    /// <summary>How many were opened here ever, how many the peer allows, and how many are open.</summary>
    private ulong _opened;
    private ulong _openLimit = StreamLimits.StreamsOfOneEndAtFirst;
    private int _ownCount;

    /// <summary>Which of the peer's were seen, how many it may open, and how many of them are over.</summary>
    private readonly RangeSet _peerOpened = new(StreamLimits.StreamsOfOneEndMax + 1);
    private ulong _peerOpenLimit = StreamLimits.StreamsOfOneEndAtFirst;
    private ulong _peerClosed;
    private bool _isOpenLimitDue;
    private bool _isOpenLimitTold;

    /// <summary>The last refusal that was polled, until the next event is.</summary>
    private readonly byte[] _refusalText = new byte[StreamLimits.RefusalBytesMax];
    private int _refusalBytes;
    private ulong _refusalReason;
    private ulong _refusedId = ulong.MaxValue;

    private Instant _now = Instant.Zero;

    internal StreamSet(Side side, ICongestionController controller)
    {
        _ownBit = side == Side.Server ? 1u : 0u;
        _controller = controller;
    }

    public StreamCounters Counters { get; } = new();

    /// <summary>Streams that are open, or not yet known to be over at both ends.</summary>
    public int OpenCount => _streams.Count;

    /// <summary>
    /// Opens a stream. It can be written at once. False when <see cref="StreamLimits.StreamsOfOneEndMax"/> of ours are open, or the target is too long. One that the peer does not allow yet
    /// waits here until it does.
    /// </summary>
    public bool TryOpen(Instant now, StreamKind kind, ReadOnlySpan<byte> target, out ulong id)
    {
        _ = now;
        id = 0;
        if (_ownCount == StreamLimits.StreamsOfOneEndMax || target.Length > StreamLimits.TargetBytesMax)
        {
            return false;
        }

        id = (_opened++ << IdShift) | _ownBit;
        ByteStream stream = Add(id, isLocal: true);
        stream.MakeKnown(kind, target);
        Refresh(stream);
        return true;
    }

    /// <summary>The next thing that happened to a stream of the session itself; false when there is none. Each kind of event waits at most once for each stream.</summary>
    public bool PollEvent(out StreamEvent streamEvent) => PollNext(_events, out streamEvent);

    /// <summary>The same for channels: <see cref="StreamKind.Connect"/> and all above.</summary>
    public bool PollChannelEvent(out StreamEvent streamEvent) => PollNext(_channelEvents, out streamEvent);

    /// <summary>What the peer opened the stream with; as long as the stream is.</summary>
    public ReadOnlySpan<byte> TargetOf(ulong id) => _streams.Find(id) is { } stream ? stream.Target : default;

    /// <summary>Is the stream open, as far as this end knows?</summary>
    public bool IsOpen(ulong id) => _streams.Find(id) is { IsReset: false, IsResetByPeer: false };

    /// <summary>Buffers of all streams, and those that none has.</summary>
    internal long BytesHeld => _pool.RentedBytes + _pool.KeptBytes;

    internal string Describe(ulong id) => Find(id)?.ToString() ?? "";

    private bool PollNext(StreamList list, out StreamEvent streamEvent)
    {
        _refusedId = ulong.MaxValue;
        if (list.First is not { } stream)
        {
            streamEvent = default;
            return false;
        }

        streamEvent = new StreamEvent(stream.Id, stream.TakeEvent(), stream.Kind);
        if (streamEvent.Event == StreamEventKind.Refused)
        {
            stream.Target.CopyTo(_refusalText);
            (_refusalBytes, _refusalReason, _refusedId) = (stream.Target.Length, stream.ResetReason, stream.Id);
        }

        Settle(stream);
        return true;
    }

    private ByteStream? Find(ulong id) => _streams.Find(id);

    private ByteStream Add(ulong id, bool isLocal)
    {
        ByteStream stream = _spare.TryPop(out ByteStream? spare) ? spare : new ByteStream(_pool);
        stream.Begin(id, isLocal);
        _streams.Add(stream);
        _ownCount += isLocal ? 1 : 0;
        return stream;
    }

    /// <summary>After anything that happened to a stream: it is forgotten when it is over, else it stands in the lists where it belongs.</summary>
    private void Settle(ByteStream stream)
    {
        if (stream.IsDone)
        {
            Forget(stream);
        }
        else
        {
            Refresh(stream);
        }
    }

    private void Refresh(ByteStream stream)
    {
        CountHeld(stream);
        bool mayGo = !stream.IsLocal || stream.Id >> IdShift < _openLimit;
        _control.Put(stream, mayGo && stream.HasControlDue);
        _order.Place(stream, mayGo);
        (stream.IsChannel ? _channelEvents : _events).Put(stream, stream.HasEvents);
    }

    private void Forget(ByteStream stream)
    {
        stream.End();
        CountHeld(stream);
        _control.Remove(stream);
        _order.Leave(stream);
        StreamList.Leave(stream, StreamSlot.Event);
        StreamList.Leave(stream, StreamSlot.Room);
        _streams.Remove(stream);
        if (_spare.Count < StreamLimits.SpareStreamsMax)
        {
            _spare.Push(stream);
        }

        if (_streams.Count == 0)
        {
            _pool.Clear();
        }

        if (stream.IsLocal)
        {
            _ownCount--;
        }
        else
        {
            _peerClosed++;
            RaiseOpenLimit();
        }
    }

    /// <summary>Both ends know the least number without asking; a peer that is heard, or written to, is told at once that it may open many more.</summary>
    private void TellOpenLimit()
    {
        if (!_isOpenLimitTold)
        {
            _isOpenLimitTold = _isOpenLimitDue = true;
            _peerOpenLimit = _peerClosed + StreamLimits.StreamsOfOneEndMax;
        }
    }

    /// <summary>The peer is told when a quarter of its share is free again.</summary>
    private void RaiseOpenLimit()
    {
        ulong limit = _peerClosed + StreamLimits.StreamsOfOneEndMax;
        if (limit >= _peerOpenLimit + (StreamLimits.StreamsOfOneEndMax / 4))
        {
            _peerOpenLimit = limit;
            _isOpenLimitDue = true;
        }
    }

    /// <summary>Streams that were opened here before the peer allowed them can go.</summary>
    private void TakeOpenLimit(ulong limit)
    {
        ulong before = _openLimit;
        _openLimit = Math.Max(_openLimit, limit);
        ulong end = Math.Min(_openLimit, _opened);
        for (ulong index = before; index < end; index++)
        {
            if (Find((index << IdShift) | _ownBit) is { } stream)
            {
                Refresh(stream);
            }
        }
    }
}
