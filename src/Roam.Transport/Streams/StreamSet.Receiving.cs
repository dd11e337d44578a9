namespace Roam.Transport;

/// <summary>What comes in. Whatever it is, nothing is thrown and nothing grows beyond the limits: what cannot be is counted and ignored.</summary>
public sealed partial class StreamSet
{
    private readonly AckTracker _acks = new();

    /// <summary>A datagram of instructions came: no gap in the ranges.</summary>
    internal void TakeOtherDatagram(ulong number) => _acks.Note(number);

    /// <summary>The frames of an authentic datagram.</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="number">Of the datagram.</param>
    /// <param name="payload">After the fragment header.</param>
    /// <param name="numbersSent">Ours are below: what is acknowledged beyond was never sent.</param>
    internal ReceiveResult TakeDatagram(Instant now, ulong number, ReadOnlySpan<byte> payload, ulong numbersSent)
    {
        _now = now;
        Counters.DatagramsReceived++;
        if (_acks.IsRepeat(number))
        {
            Counters.Repeats++;
            return ReceiveResult.Accepted;
        }

        FrameReader reader = new(payload);
        bool isWhole = true;
        bool asksForAck = false;
        bool isTaken = true;
        while (isTaken)
        {
            FrameResult result = reader.Read(out StreamFrame frame);
            if (result != FrameResult.Frame)
            {
                isWhole = result == FrameResult.End;
                Counters.UnknownFrames += result == FrameResult.Unknown ? 1 : 0;
                Counters.MalformedFrames += result == FrameResult.Malformed ? 1 : 0;

                // A newer peer's frame is acknowledged too: it would come for ever.
                asksForAck |= !isWhole;
                break;
            }

            asksForAck |= frame.Type != FrameType.Ack;
            isTaken = TakeFrame(now, frame, numbersSent);
        }

        if (!isTaken)
        {
            Counters.RefusedDatagrams++;
            return ReceiveResult.Dropped;
        }

        if (asksForAck)
        {
            TellOpenLimit();
            _acks.Take(now, number);
        }
        else
        {
            _acks.Note(number);
        }

        return isWhole ? ReceiveResult.Accepted : ReceiveResult.Dropped;
    }

    /// <summary>False when the datagram must come again. What was taken of it before does no harm a second time.</summary>
    private bool TakeFrame(Instant now, in StreamFrame frame, ulong numbersSent)
    {
        switch (frame.Type)
        {
            case FrameType.Ack:
                TakeAck(now, frame, numbersSent);
                return true;
            case FrameType.Stream:
                return TakeBytes(frame);
            case FrameType.Open:
                TakeOpen(frame);
                return true;
            case FrameType.Reset:
                TakeReset(frame);
                return true;
            case FrameType.MaxStreamData:
                if (FindOrAdd(frame.Id) is { } stream)
                {
                    stream.Send.RaiseLimit(frame.Value);
                    Refresh(stream);
                }

                return true;
            case FrameType.MaxData:
                _sendLimit = Math.Max(_sendLimit, frame.Value);
                return true;
            case FrameType.MaxStreams:
                TakeOpenLimit(frame.Value);
                return true;
            case FrameType.Opened:
                TakeOpened(frame);
                return true;
            case FrameType.Refused:
                TakeRefused(frame);
                return true;
            case FrameType.Stop:
                TakeStop(frame);
                return true;
            case FrameType.Datagram:
                TakeDatagramFrame(frame);
                return true;
            default:
                // PING asks for nothing but the acknowledgement.
                return true;
        }
    }

    private bool TakeBytes(in StreamFrame frame)
    {
        if (FindOrAdd(frame.Id) is not { } stream)
        {
            return true;
        }

        ulong end = frame.Offset + (ulong)frame.Data.Length;
        ulong before = stream.Receive.Highest;
        if (end > before && end - before > _receiveLimit - _received)
        {
            Counters.RefusedFrames++;
            return true;
        }

        if (stream.IsReset || stream.IsResetByPeer || stream.IsStopped)
        {
            TakeUnread(stream, end, frame.IsFinal);
            return true;
        }

        ulong arrived = stream.Receive.ArrivedTo;
        bool wasComplete = stream.Receive.IsComplete;
        switch (stream.Receive.Store(frame.Offset, frame.Data, frame.IsFinal))
        {
            case StoreResult.Refused:
                Counters.RefusedFrames++;
                return true;
            case StoreResult.NoPlace:
                return false;
        }

        _received += stream.Receive.Highest - before;
        stream.IsLimitDue |= stream.Receive.TryRaiseLimit();
        RaiseReceiveLimit();
        stream.HasPeerEnded |= frame.IsFinal;
        if (stream.Receive.ArrivedTo > arrived)
        {
            stream.Raise(StreamEventKind.Readable);
        }

        if (stream.Receive.IsComplete && !wasComplete)
        {
            stream.Raise(StreamEventKind.Finished);
        }

        Refresh(stream);
        return true;
    }

    /// <summary>For a stream that was reset: nobody reads them, but they count against the connection's window.</summary>
    private void TakeUnread(ByteStream stream, ulong end, bool isFinal)
    {
        if (stream.HasPeerEnded)
        {
            return;
        }

        Abandon(stream, Math.Max(end, stream.Receive.Highest));
        stream.HasPeerEnded |= isFinal;
        stream.IsStopDue &= !isFinal;
        Settle(stream);
    }

    private void TakeOpen(in StreamFrame frame)
    {
        if (IsOwn(frame.Id))
        {
            Counters.RefusedFrames++;
        }
        else if (FindOrAdd(frame.Id) is { IsKnown: false, IsReset: false, IsResetByPeer: false } stream)
        {
            stream.MakeKnown((StreamKind)(int)Math.Min(frame.Value, int.MaxValue), frame.Data);
            Settle(stream);
        }
    }

    private void TakeReset(in StreamFrame frame)
    {
        if (FindOrAdd(frame.Id) is not { IsResetByPeer: false } stream)
        {
            return;
        }

        ulong highest = stream.Receive.Highest;
        if (frame.Offset < highest || frame.Offset - highest > _receiveLimit - _received || (stream.HasPeerEnded && frame.Offset != highest))
        {
            Counters.RefusedFrames++;
            return;
        }

        Abandon(stream, frame.Offset);
        stream.TakeReset(frame.Value);
        StopWaiting(stream);
        Settle(stream);
    }

    private bool IsOwn(ulong id) => (id & 1) == _ownBit;

    /// <summary>The stream of a frame. One that the peer opens begins with whichever frame of it comes first. None when it is over, or cannot be.</summary>
    private ByteStream? FindOrAdd(ulong id)
    {
        if (Find(id) is { } stream)
        {
            return stream;
        }

        ulong index = id >> IdShift;
        ulong limit = IsOwn(id) ? _opened : _peerOpenLimit;
        if ((id & IdKindMask) > 1 || index >= limit)
        {
            Counters.RefusedFrames++;
            return null;
        }

        if (IsOwn(id) || _peerOpened.Contains(index) || !_peerOpened.TryAdd(index, index + 1))
        {
            return null;
        }

        return Add(id, isLocal: false);
    }
}
