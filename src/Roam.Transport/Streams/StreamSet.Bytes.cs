namespace Roam.Transport;

/// <summary>What the layer above writes and reads, and how much of it may be: send buffers and receive windows.</summary>
public sealed partial class StreamSet
{
    /// <summary>Streams whose writer waits for room.</summary>
    private readonly StreamList _waitsForRoom = new(StreamSlot.Room);

    /// <summary>Bytes in all send buffers; and a write was cut because of their sum.</summary>
    private long _sendHeld;
    private bool _isSendFull;

    /// <summary>Bytes of all streams: sent, and how many the peer allows; come, consumed, and how many we allow.</summary>
    private ulong _sent;
    private ulong _sendLimit = StreamLimits.ConnectionWindowBytes;
    private ulong _received;
    private ulong _consumed;
    private ulong _receiveLimit = StreamLimits.ConnectionWindowBytes;
    private WindowTuner _window = new(StreamLimits.ConnectionWindowBytes, StreamLimits.ConnectionWindowBytesMax);
    private bool _isReceiveLimitDue;

    /// <summary>How many bytes may be sent that never were.</summary>
    private ulong Credit => _sendLimit - _sent;

    /// <summary>Takes as much as fits, and returns how much; for the rest <see cref="StreamEventKind.Writable"/> will come.</summary>
    public int Write(ulong id, ReadOnlySpan<byte> data)
    {
        if (Find(id) is not { IsReset: false } stream || stream.Send.IsEnded)
        {
            return 0;
        }

        int count = Math.Min(data.Length, RoomOf(stream));
        bool wasEmpty = stream.Send.Unsent == 0;
        stream.Send.Write(data[..count]);
        if (count > 0)
        {
            SendOrder.TakeWritten(stream, wasEmpty);
        }

        if (count < data.Length)
        {
            AwaitRoom(stream, count);
        }
        else
        {
            StopWaiting(stream);
        }

        Counters.BytesWritten += count;
        Refresh(stream);
        return count;
    }

    /// <summary>How much <see cref="Write"/> would take.</summary>
    public int WriteRoom(ulong id) => Find(id) is { IsReset: false } stream ? RoomOf(stream) : 0;

    /// <summary><see cref="StreamEventKind.Writable"/> shall come when there is room again, as after a write that did not take all.</summary>
    public void WantRoom(ulong id)
    {
        if (Find(id) is { IsReset: false, Send.IsEnded: false } stream)
        {
            AwaitRoom(stream, 0);
            TellRoom(stream);
            Refresh(stream);
        }
    }

    /// <summary>Bytes written and not known to have arrived.</summary>
    public int Unacknowledged(ulong id) => Find(id) is { } stream ? (int)stream.Send.Held : 0;

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
        if (stream.Receive.TryGrow(_now, _roundTrip.SmoothedMicros))
        {
            _window.Raise(2 * stream.Receive.WindowBytes);
        }

        stream.IsLimitDue |= !stream.IsStopped && stream.Receive.TryRaiseLimit();
        TakeConsumed((ulong)count);
        Settle(stream);
    }

    /// <summary>Nothing more will be written. What was, still arrives.</summary>
    public void Finish(ulong id)
    {
        if (Find(id) is { IsReset: false } stream)
        {
            stream.Send.End();
            StopWaiting(stream);
            Settle(stream);
        }
    }

    private int RoomOf(ByteStream stream)
    {
        SendBuffer send = stream.Send;
        if (send.IsEnded)
        {
            return 0;
        }

        long room = Math.Min(UnsentMaxOf(stream) - send.Unsent, Math.Min(StreamLimits.SendBytesMax - send.Held, StreamLimits.SendBytesAllMax - _sendHeld));
        return (int)Math.Max(0, room);
    }

    /// <summary>What the path takes in a moment, shared by those who wait.</summary>
    private int UnsentMaxOf(ByteStream stream)
    {
        if (!stream.IsChannel)
        {
            return StreamLimits.UnsentBytesOfSession;
        }

        long bytes = _controller.PaceBytesPerSecond * StreamLimits.UnsentMillis / 1000 / Math.Max(1, _order.Count);
        return (int)Math.Clamp(bytes, StreamLimits.UnsentBytesMin, StreamLimits.UnsentBytesMax);
    }

    /// <summary>Keeps the sum. When it was at its limit and no longer is, writers who have nothing under way themselves hear of it.</summary>
    private void CountHeld(ByteStream stream)
    {
        long held = stream.Send.Held;
        _sendHeld += held - stream.HeldCounted;
        stream.HeldCounted = held;
        int datagrams = stream.DatagramBytesOut + stream.DatagramBytesIn;
        _datagramBytesQueued += datagrams - stream.DatagramsCounted;
        stream.DatagramsCounted = datagrams;
        if (_isSendFull && _sendHeld < StreamLimits.SendBytesAllMax / 4 * 3)
        {
            _isSendFull = false;
            for (ByteStream? waiting = _waitsForRoom.First; waiting != null;)
            {
                ByteStream? next = _waitsForRoom.After(waiting);
                TellRoom(waiting);
                if (!ReferenceEquals(waiting, stream))
                {
                    Refresh(waiting);
                }

                waiting = next;
            }
        }
    }

    /// <summary>Half of what may wait is free: the writer is told. The caller refreshes the stream.</summary>
    private void TellRoom(ByteStream stream)
    {
        if (stream.WantsRoom && RoomOf(stream) >= UnsentMaxOf(stream) / 2)
        {
            StopWaiting(stream);
            stream.Raise(StreamEventKind.Writable);
        }
    }

    private void AwaitRoom(ByteStream stream, int written)
    {
        stream.WantsRoom = true;
        _waitsForRoom.Put(stream);
        _isSendFull |= _sendHeld + written >= StreamLimits.SendBytesAllMax;
    }

    private void StopWaiting(ByteStream stream)
    {
        stream.WantsRoom = false;
        _waitsForRoom.Remove(stream);
    }

    /// <summary>Bytes were read or thrown away: the peer may send as many more.</summary>
    private void TakeConsumed(ulong count)
    {
        _consumed += count;
        _window.Take(_now, _consumed, _roundTrip.SmoothedMicros);
        RaiseReceiveLimit();
    }

    private void RaiseReceiveLimit()
    {
        ulong limit = _consumed + (ulong)_window.Bytes;
        if (ReceiveBuffer.IsRaiseDue(limit, _receiveLimit, _received, _window.Bytes))
        {
            _receiveLimit = limit;
            _isReceiveLimitDue = true;
        }
    }

    /// <summary>What has come, and what is still to come up to there, is not read. The caller has checked it against the connection's limit.</summary>
    private void Abandon(ByteStream stream, ulong highest)
    {
        _received += highest - stream.Receive.Highest;
        ulong unread = highest - stream.Receive.Consumed;
        stream.Receive.Abandon(highest);
        TakeConsumed(unread);
    }
}
