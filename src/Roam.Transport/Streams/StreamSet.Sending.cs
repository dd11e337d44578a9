namespace Roam.Transport;

/// <summary>What goes out: acknowledgements when they are due, the rest when the window and the pace allow. The connection asks only when it has no instruction to send.</summary>
public sealed partial class StreamSet
{
    private readonly ICongestionController _controller;
    private Pacer _pacer;

    /// <summary>With less room nothing is begun, and after so many that did not fit no other is tried.</summary>
    private const int StreamRoomMin = 24;
    private const int SkippedMax = 4;

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
        _now = now;
        DatagramBytesMax = bytesMax - FrameWriter.DatagramHeaderBytes(VarInt.Max, bytesMax);
        FrameWriter writer = new(payload[..bytesMax]);
        SentPacket packet = new() { Number = number, SentAt = now };
        if (_acks.HasNews && _acks.TryWrite(now, ref writer, out ulong top))
        {
            packet.AckedTop = top;
        }

        if (mayAsk)
        {
            TellOpenLimit();
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

        while (packet.CanTakeFrame && _control.First is { } stream)
        {
            WriteControl(ref writer, ref packet, stream);
            Refresh(stream);
            if (_control.Contains(stream))
            {
                // No room for the rest of it.
                return;
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
        _order.Begin();
        for (int rank = 0; rank < SendOrder.Classes && packet.CanTakeFrame; rank++)
        {
            SendClass sendClass = _order.ClassAt(rank);
            WriteFrom(_order.Urgent(sendClass), sendClass, ref writer, ref packet);
            if (Credit > 0)
            {
                WriteFrom(_order.Fresh(sendClass), sendClass, ref writer, ref packet);
            }
        }

        _order.End(Credit > 0);
    }

    /// <summary>Each stream of the list once, as long as there is room.</summary>
    private void WriteFrom(StreamList list, SendClass sendClass, ref FrameWriter writer, ref SentPacket packet)
    {
        ByteStream? stream = list.First;
        int skipped = 0;
        for (int left = list.Count; left > 0 && stream != null && packet.CanTakeFrame && writer.Room >= StreamRoomMin && skipped < SkippedMax; left--)
        {
            ByteStream? next = list.After(stream);
            int before = packet.FrameCount;
            int bytes = stream.DatagramsOut is { Count: > 0 } datagrams ? WriteDatagrams(ref writer, ref packet, stream, datagrams) : 0;
            bytes += WriteBytes(ref writer, ref packet, stream);
            if (packet.FrameCount == before)
            {
                skipped++;
            }
            else
            {
                packet.IsAwaited |= stream.Kind >= StreamKind.Connect;
                _order.TakeSent(stream, sendClass, bytes);
                TellRoom(stream);
            }

            Refresh(stream);
            stream = next;
        }
    }

    private int WriteBytes(ref FrameWriter writer, ref SentPacket packet, ByteStream stream)
    {
        SendBuffer send = stream.Send;
        int bytes = 0;
        while (packet.CanTakeFrame && send.HasMore(Credit) && writer.HasStreamRoom(stream.Id, send.NextOffset))
        {
            Span<byte> room = writer.StreamRoom(stream.Id, send.NextOffset);
            int length = send.Take(room, Credit, out ulong offset, out int newBytes, out bool isFinal);
            writer.EndStream(stream.Id, offset, length, isFinal);
            packet.Add(new SentFrame(FrameType.Stream, stream.Id, offset, length, isFinal));
            packet.IsAwaited |= stream.Kind >= StreamKind.Connect;
            bytes += length;
            _sent += (ulong)newBytes;
            Counters.BytesResent += length - newBytes;
        }

        return bytes;
    }

    private bool HasPending() => _isReceiveLimitDue || _isOpenLimitDue || _control.First != null || _order.HasAny(Credit > 0);

    private bool HasWindow(Instant now) =>
        HasPlace && (_inFlight == 0 || _inFlight + _controller.DatagramBytes(IsInteractive(now)) <= _controller.WindowBytes);
}
