using System.Text;

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
    private readonly ByteStream[] _streams = new ByteStream[StreamLimits.StreamsMax];
    private readonly Stack<ByteStream> _spare = new(StreamLimits.StreamsMax);
    private int _count;

    /// <summary>How many were opened here ever, and how many the peer allows.</summary>
    private ulong _opened;
    private ulong _openLimit = StreamLimits.StreamsOfOneEndMax;

    /// <summary>Which of the peer's were seen, how many it may open, and how many of them are over.</summary>
    private readonly RangeSet _peerOpened = new(StreamLimits.StreamsOfOneEndMax + 1);
    private ulong _peerOpenLimit = StreamLimits.StreamsOfOneEndMax;
    private ulong _peerClosed;
    private bool _isOpenLimitDue;

    /// <summary>Bytes of all streams: sent, and how many the peer allows; come, consumed, and how many we allow.</summary>
    private ulong _sent;
    private ulong _sendLimit = StreamLimits.ConnectionWindowBytes;
    private ulong _received;
    private ulong _consumed;
    private ulong _receiveLimit = StreamLimits.ConnectionWindowBytes;
    private bool _isReceiveLimitDue;

    private int _nextEvent;

    /// <summary>Its refusal was the last event; the object is not used anew before the next one.</summary>
    private ByteStream? _refused;

    internal StreamSet(Side side, ICongestionController controller)
    {
        _ownBit = side == Side.Server ? 1u : 0u;
        _controller = controller;
    }

    public StreamCounters Counters { get; } = new();

    /// <summary>Streams that are open, or not yet known to be over at both ends.</summary>
    public int OpenCount => _count;

    /// <summary>Opens a stream. It can be written at once. False when 32 of ours are open, or the target is too long.</summary>
    public bool TryOpen(Instant now, StreamKind kind, ReadOnlySpan<byte> target, out ulong id)
    {
        _ = now;
        id = 0;
        if (_opened >= _openLimit || OwnCount() == StreamLimits.StreamsOfOneEndMax || target.Length > StreamLimits.TargetBytesMax)
        {
            return false;
        }

        id = (_opened++ << IdShift) | _ownBit;
        Add(id, isLocal: true).MakeKnown(kind, target);
        return true;
    }

    /// <summary>The next thing that happened to a stream of the session itself; false when there is none. Each kind of event waits at most once for each stream.</summary>
    public bool PollEvent(out StreamEvent streamEvent) => PollNext(isChannel: false, out streamEvent);

    /// <summary>The same for channels: <see cref="StreamKind.Connect"/> and all above.</summary>
    public bool PollChannelEvent(out StreamEvent streamEvent) => PollNext(isChannel: true, out streamEvent);

    /// <summary>Serves a stream that the peer opened: it is told so.</summary>
    public void Accept(ulong id)
    {
        if (Find(id) is { IsReset: false, IsResetByPeer: false, IsLocal: false, IsAnswered: false } stream)
        {
            stream.Accept();
        }
    }

    /// <summary>Ends a stream that the peer opened, instead of serving it. The text is one sentence for a person; what is over 200 bytes is cut.</summary>
    public void Refuse(ulong id, StreamRefusal reason, string text)
    {
        if (Find(id) is not { IsReset: false, IsResetByPeer: false, IsLocal: false } stream)
        {
            return;
        }

        if (stream.Send.WrittenTo != 0)
        {
            // REFUSED says that nothing was ever sent.
            Reset(id, (ulong)reason);
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = Math.Min(bytes.Length, StreamLimits.RefusalBytesMax);
        while (length < bytes.Length && length > 0 && (bytes[length] & 0xC0) == 0x80)
        {
            length--;
        }

        Abandon(stream, stream.Receive.Highest);
        stream.Refuse(reason, bytes.AsSpan(0, length));
    }

    /// <summary>Why the peer did not serve a stream that was opened here: from its <see cref="StreamEventKind.Refused"/> on, until the next event is polled.</summary>
    public StreamRefusal RefusalOf(ulong id, out string text)
    {
        if (_refused is not { } stream || stream.Id != id)
        {
            text = "";
            return StreamRefusal.Unknown;
        }

        text = Encoding.UTF8.GetString(stream.Target);
        return stream.ResetReason <= (ulong)StreamRefusal.UnknownName ? (StreamRefusal)(int)stream.ResetReason : StreamRefusal.Unknown;
    }

    /// <summary>Nothing more is read: the peer is asked to write no more, and what comes is thrown away. The other direction goes on.</summary>
    public void Stop(ulong id, ulong reason = 0)
    {
        if (Find(id) is { IsReset: false, IsResetByPeer: false, IsStopped: false } stream && !stream.Receive.IsAllConsumed)
        {
            Abandon(stream, stream.Receive.Highest);
            stream.Stop(reason & VarInt.Max);
            stream.IsStopDue = !stream.HasPeerEnded;
            ForgetIfDone(stream);
        }
    }

    private bool PollNext(bool isChannel, out StreamEvent streamEvent)
    {
        _refused = null;
        for (int i = 0; i < _count; i++)
        {
            int index = (_nextEvent + i) % _count;
            ByteStream stream = _streams[index];
            if (stream.HasEvents && stream.Kind >= StreamKind.Connect == isChannel)
            {
                _nextEvent = index;
                streamEvent = new StreamEvent(stream.Id, stream.TakeEvent(), stream.Kind);
                _refused = streamEvent.Event == StreamEventKind.Refused ? stream : null;
                ForgetIfDone(stream);
                return true;
            }
        }

        streamEvent = default;
        return false;
    }

    /// <summary>What the peer opened the stream with; as long as the stream is.</summary>
    public ReadOnlySpan<byte> TargetOf(ulong id) => Find(id) is { } stream ? stream.Target : default;

    /// <summary>Takes as much as fits, and returns how much; for the rest <see cref="StreamEventKind.Writable"/> will come.</summary>
    public int Write(ulong id, ReadOnlySpan<byte> data)
    {
        if (Find(id) is not { IsReset: false } stream)
        {
            return 0;
        }

        int count = stream.Send.Write(data);
        stream.WantsRoom = count < data.Length && !stream.Send.IsEnded;
        Counters.BytesWritten += count;
        return count;
    }

    public int WriteRoom(ulong id) => Find(id) is { IsReset: false } stream ? stream.Send.Room : 0;

    /// <summary>Bytes written and not known to have arrived.</summary>
    public int Unacknowledged(ulong id) => Find(id) is { } stream ? (int)(stream.Send.WrittenTo - stream.Send.AckedTo) : 0;

    /// <summary>All that can be read, in one piece; valid until the next call but getters.</summary>
    public ReadOnlySpan<byte> Peek(ulong id) => Find(id) is { IsReset: false } stream ? stream.Receive.Readable : default;

    /// <summary>The first so many bytes were read. A reader that does not consume stops its own stream only.</summary>
    public void Consume(ulong id, int count)
    {
        if (count == 0 || Find(id) is not { IsReset: false } stream)
        {
            return;
        }

        stream.Receive.Consume(count);
        stream.IsLimitDue |= !stream.IsStopped && stream.Receive.TryRaiseLimit();
        Credit((ulong)count);
        ForgetIfDone(stream);
    }

    /// <summary>Nothing more will be written. What was, still arrives.</summary>
    public void Finish(ulong id)
    {
        if (Find(id) is { IsReset: false } stream)
        {
            stream.Send.End();
            stream.WantsRoom = false;
        }
    }

    /// <summary>Ends both directions at once; what is under way may be lost. The peer is told the reason, a number whose meaning is the kind's.</summary>
    public void Reset(ulong id, ulong reason = 0)
    {
        if (Find(id) is { IsReset: false } stream)
        {
            Abandon(stream, stream.Receive.Highest);
            stream.Reset(reason & VarInt.Max);
        }
    }

    /// <summary>Is the stream open, as far as this end knows?</summary>
    public bool IsOpen(ulong id) => Find(id) is { IsReset: false, IsResetByPeer: false };

    internal int BytesHeld
    {
        get
        {
            int bytes = 0;
            for (int i = 0; i < _count; i++)
            {
                bytes += _streams[i].Receive.BytesHeld;
            }

            return bytes;
        }
    }

    private int OwnCount()
    {
        int own = 0;
        for (int i = 0; i < _count; i++)
        {
            own += _streams[i].IsLocal ? 1 : 0;
        }

        return own;
    }

    private ByteStream? Find(ulong id)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_streams[i].Id == id)
            {
                return _streams[i];
            }
        }

        return null;
    }

    private ByteStream Add(ulong id, bool isLocal)
    {
        ByteStream stream = _spare.TryPop(out ByteStream? spare) ? spare : new ByteStream();
        stream.Begin(id, isLocal);
        _streams[_count++] = stream;
        return stream;
    }

    private void ForgetIfDone(ByteStream stream)
    {
        if (!stream.IsDone)
        {
            return;
        }

        int index = Array.IndexOf(_streams, stream, 0, _count);
        _count--;
        _streams[index] = _streams[_count];
        _streams[_count] = null!;
        _spare.Push(stream);
        if (!stream.IsLocal)
        {
            _peerClosed++;
            RaiseOpenLimit();
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

    /// <summary>Bytes were read or thrown away: the peer may send as many more.</summary>
    private void Credit(ulong count)
    {
        _consumed += count;
        RaiseReceiveLimit();
    }

    private void RaiseReceiveLimit()
    {
        ulong limit = _consumed + StreamLimits.ConnectionWindowBytes;
        if (ReceiveBuffer.IsRaiseDue(limit, _receiveLimit, _received, StreamLimits.ConnectionWindowBytes))
        {
            _receiveLimit = limit;
            _isReceiveLimitDue = true;
        }
    }

    /// <summary>What has come, and what is still to come up to there, is not read. The caller has checked it against the connection's limit.</summary>
    private void Abandon(ByteStream stream, ulong highest)
    {
        _received += highest - stream.Receive.Highest;
        Credit(highest - stream.Receive.Consumed);
        stream.Receive.Abandon(highest);
    }
}
