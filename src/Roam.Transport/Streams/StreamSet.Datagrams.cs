namespace Roam.Transport;

/// <summary>
/// Datagrams inside streams, as RFC 9221 has them beside them: not repeated, in no order, under the congestion control and before the stream's bytes. They wait no longer than bytes would,
/// and come only into a stream that is open.
/// </summary>
public sealed partial class StreamSet
{
    /// <summary>Of all streams, both ways.</summary>
    private int _datagramBytesQueued;

    /// <summary>The longest that goes now. A slow path has short datagrams.</summary>
    public int DatagramBytesMax { get; private set; } = EmptyPath.ShortBytes - DatagramOverheadMax;

    /// <summary>Around the bytes: IP, UDP, ours with the tag, the fragment header, and the frame's own.</summary>
    private const int DatagramOverheadMax = SspLimits.IPv4OverheadBytes + DatagramCodec.OverheadBytes + FragmentHeader.Bytes + 1 + VarInt.BytesMax + 2;

    /// <summary>False when the stream is not open, nothing more is written into it, or the datagram is too long. When too many wait the oldest is dropped.</summary>
    public bool TrySendDatagram(ulong id, ReadOnlySpan<byte> datagram)
    {
        if (Find(id) is not { IsReset: false, IsResetByPeer: false, IsStoppedByPeer: false } stream || stream.Send.IsEnded || datagram.Length > DatagramBytesMax)
        {
            return false;
        }

        Queue(stream.NeedDatagramsOut(), datagram, Math.Min(UnsentMaxOf(stream), StreamLimits.DatagramBytesQueuedMax));
        Refresh(stream);
        return true;
    }

    /// <summary>The oldest that came and was not read; what does not fit is cut off. <see cref="StreamEventKind.Datagram"/> tells that there are any.</summary>
    public bool TryTakeDatagram(ulong id, Span<byte> destination, out int length)
    {
        length = 0;
        if (Find(id) is not { IsReset: false, DatagramsIn: { Count: > 0 } waiting } stream)
        {
            return false;
        }

        length = Math.Min(waiting.Take(destination), destination.Length);
        Refresh(stream);
        return true;
    }

    private void Queue(DatagramQueue queue, ReadOnlySpan<byte> datagram, int bytesMax)
    {
        if (_datagramBytesQueued + datagram.Length > StreamLimits.DatagramBytesQueuedAllMax)
        {
            Counters.DatagramFramesDropped++;
            return;
        }

        Counters.DatagramFramesDropped += queue.Add(datagram, bytesMax);
    }

    private void TakeDatagramFrame(in StreamFrame frame)
    {
        if (Find(frame.Id) is not { IsReset: false, IsResetByPeer: false, IsStopped: false, HasPeerEnded: false } stream)
        {
            // Its OPEN is not here yet, or it is over: unreliable is unreliable.
            return;
        }

        Counters.DatagramFramesReceived++;
        Queue(stream.NeedDatagramsIn(), frame.Data, StreamLimits.DatagramBytesQueuedMax);
        stream.Raise(StreamEventKind.Datagram);
        Refresh(stream);
    }

    /// <summary>As many as fit. One that is too long for a whole datagram by now is dropped.</summary>
    private int WriteDatagrams(ref FrameWriter writer, ref SentPacket packet, ByteStream stream, DatagramQueue queue)
    {
        int before = queue.Bytes;
        while (queue.Count > 0 && packet.CanTakeFrame)
        {
            if (FrameWriter.DatagramHeaderBytes(stream.Id, queue.NextLength) + queue.NextLength > writer.Capacity)
            {
                queue.Drop();
                Counters.DatagramFramesDropped++;
            }
            else if (writer.TryDatagram(stream.Id, queue))
            {
                packet.Add(new SentFrame(FrameType.Datagram, stream.Id, 0, 0, false));
                packet.IsAwaited = true;
                Counters.DatagramFramesSent++;
            }
            else
            {
                break;
            }
        }

        return before - queue.Bytes;
    }
}
