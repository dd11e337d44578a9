namespace Roam.Transport;

/// <summary>What goes out: acknowledgements when they are due, the rest when the window and the pace allow. The connection asks only when it has no instruction to send.</summary>
public sealed partial class StreamSet
{
    private readonly ICongestionController _controller;
    private Pacer _pacer;

    /// <summary>Whose turn it is among the streams.</summary>
    private int _turn;

    /// <summary>So many datagrams go whatever the window and the pace say, to make the peer speak.</summary>
    private int _probes;

    /// <summary>When <see cref="WriteDatagram"/> will give something, if nothing else happens.</summary>
    internal Instant NextSend(Instant now)
    {
        if (_probes > 0)
        {
            return now;
        }

        return HasWindow(now) && HasPending() ? Instant.Min(_acks.Due, Instant.Max(now, _pacer.Next)) : _acks.Due;
    }

    /// <summary>Writes the frames of the next datagram; 0: none goes now.</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="number">The datagram's, should it go.</param>
    /// <param name="payload">Room after the fragment header.</param>
    /// <param name="overheadBytes">What is around the payload on the wire.</param>
    internal int WriteDatagram(Instant now, ulong number, Span<byte> payload, int overheadBytes)
    {
        bool mayAsk = _probes > 0 || (_pacer.Next <= now && HasWindow(now) && HasPending());
        if (!mayAsk && _acks.Due > now)
        {
            return 0;
        }

        int bytesMax = Math.Min(payload.Length, _controller.DatagramBytes(IsInteractive(now)) - overheadBytes);
        FrameWriter writer = new(payload[..bytesMax]);
        SentPacket packet = new() { Number = number, SentAt = now };
        if (_acks.HasNews && _acks.TryWrite(now, ref writer, out ulong top))
        {
            packet.AckedTop = top;
        }

        if (mayAsk)
        {
            WriteControl(ref writer, ref packet);
            WriteBytes(ref writer, ref packet);
            if (packet.FrameCount == 0 && writer.TryPing())
            {
                packet.Add(new SentFrame(FrameType.Ping, 0, 0, 0, false));
            }
        }

        Counters.DatagramsSent += writer.Length == 0 ? 0 : 1;
        if (packet.FrameCount == 0)
        {
            Counters.BareAcksSent += writer.Length == 0 ? 0 : 1;
            return writer.Length;
        }

        packet.WireBytes = writer.Length + overheadBytes;
        packet.IsFull = HasPending();

        // RFC 9002, section 7.8: a window that is not filled, because the screen has the path, says nothing of the path.
        bool isInteractive = IsInteractive(now);
        packet.FillsWindow = packet.IsFull && (!isInteractive || _inFlight + packet.WireBytes + _controller.DatagramBytes(isInteractive) > _controller.WindowBytes);
        NoteSent(now, packet);
        return writer.Length;
    }

    /// <summary>An instruction left. Its bytes have the path before ours.</summary>
    internal void TakeInstructionSent(Instant now, int wireBytes, bool hasDiff)
    {
        _pacer.TakeScreen(now, wireBytes, _controller.ScreenPaceBytesPerSecond);
        if (hasDiff)
        {
            TakeActivity(now);
        }
    }

    /// <summary>Nothing goes before: the system refuses to send.</summary>
    internal void HoldUntil(Instant until) => _pacer.HoldUntil(until);

    private void WriteControl(ref FrameWriter writer, ref SentPacket packet)
    {
        if (_isReceiveLimitDue && packet.CanTakeFrame && writer.TryLimit(FrameType.MaxData, _receiveLimit))
        {
            packet.Add(new SentFrame(FrameType.MaxData, 0, 0, 0, false));
            _isReceiveLimitDue = false;
        }

        if (_isOpenLimitDue && packet.CanTakeFrame && writer.TryLimit(FrameType.MaxStreams, _peerOpenLimit))
        {
            packet.Add(new SentFrame(FrameType.MaxStreams, 0, 0, 0, false));
            _isOpenLimitDue = false;
        }

        for (int i = 0; i < _count && packet.CanTakeFrame; i++)
        {
            if (_streams[i].HasControlDue)
            {
                WriteControl(ref writer, ref packet, _streams[i]);
            }
        }
    }

    private static void WriteControl(ref FrameWriter writer, ref SentPacket packet, ByteStream stream)
    {
        if (stream.IsOpenDue && writer.TryOpen(stream.Id, stream.Kind, stream.Target))
        {
            packet.Add(new SentFrame(FrameType.Open, stream.Id, 0, 0, false));
            stream.IsOpenDue = false;
        }

        if (stream.IsLimitDue && packet.CanTakeFrame && writer.TryStreamLimit(stream.Id, stream.Receive.Limit))
        {
            packet.Add(new SentFrame(FrameType.MaxStreamData, stream.Id, 0, 0, false));
            stream.IsLimitDue = false;
        }

        if (stream.IsAnswerDue && packet.CanTakeFrame && writer.TryOpened(stream.Id))
        {
            packet.Add(new SentFrame(FrameType.Opened, stream.Id, 0, 0, false));
            stream.IsAnswerDue = false;
        }

        if (stream.IsStopDue && packet.CanTakeFrame && writer.TryStop(stream.Id, stream.StopReason))
        {
            packet.Add(new SentFrame(FrameType.Stop, stream.Id, 0, 0, false));
            stream.IsStopDue = false;
        }

        if (stream.IsResetDue && packet.CanTakeFrame && TryWriteReset(ref writer, stream))
        {
            packet.Add(new SentFrame(FrameType.Reset, stream.Id, 0, 0, false));
            stream.IsResetDue = false;
        }
    }

    private static bool TryWriteReset(ref FrameWriter writer, ByteStream stream) =>
        stream.IsRefusal ? writer.TryRefused(stream.Id, stream.ResetReason, stream.Target) : writer.TryReset(stream.Id, stream.ResetReason, stream.ResetAt);

    private void WriteBytes(ref FrameWriter writer, ref SentPacket packet)
    {
        int turn = _turn++;
        for (int i = 0; i < _count && packet.CanTakeFrame; i++)
        {
            ByteStream stream = _streams[(turn + i) % _count];
            SendBuffer send = stream.Send;
            while (packet.CanTakeFrame && send.HasMore(_sendLimit - _sent) && writer.HasStreamRoom(stream.Id, send.NextOffset))
            {
                Span<byte> room = writer.StreamRoom(stream.Id, send.NextOffset);
                int length = send.Take(room, _sendLimit - _sent, out ulong offset, out int newBytes, out bool isFinal);
                writer.EndStream(stream.Id, offset, length, isFinal);
                packet.Add(new SentFrame(FrameType.Stream, stream.Id, offset, length, isFinal));
                packet.IsAwaited |= stream.Kind >= StreamKind.Connect;
                _sent += (ulong)newBytes;
                Counters.BytesResent += length - newBytes;
            }
        }

        _turn = _turn >= StreamLimits.StreamsMax ? 0 : _turn;
    }

    private bool HasPending()
    {
        if (_isReceiveLimitDue || _isOpenLimitDue)
        {
            return true;
        }

        for (int i = 0; i < _count; i++)
        {
            if (_streams[i].HasControlDue || _streams[i].Send.HasMore(_sendLimit - _sent))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasWindow(Instant now) =>
        HasPlace && (_inFlight == 0 || _inFlight + _controller.DatagramBytes(IsInteractive(now)) <= _controller.WindowBytes);
}
