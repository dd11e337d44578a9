using System.Text;

namespace Roam.Transport;

/// <summary>How a stream begins and ends but by its bytes: it is served or refused, stopped or reset.</summary>
public sealed partial class StreamSet
{
    /// <summary>Serves a stream that the peer opened: it is told so.</summary>
    public void Accept(ulong id)
    {
        if (Find(id) is { IsReset: false, IsResetByPeer: false, IsLocal: false, IsAnswered: false } stream)
        {
            stream.Accept();
            Refresh(stream);
        }
    }

    /// <summary>Ends a stream that the peer opened, instead of serving it. The text is one sentence for a person; what is over 200 bytes is cut.</summary>
    public void Refuse(ulong id, StreamRefusal reason, string text)
    {
        if (Find(id) is not { IsReset: false, IsResetByPeer: false, IsLocal: false } stream)
        {
            return;
        }

        if (stream.IsAnswered || stream.Send.WrittenTo != 0 || stream.Send.IsEnded)
        {
            // REFUSED says that nothing was ever sent, no answer and no end either.
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
        Settle(stream);
    }

    /// <summary>Why the peer did not serve a stream that was opened here: from its <see cref="StreamEventKind.Refused"/> on, until the next event is polled.</summary>
    public StreamRefusal RefusalOf(ulong id, out string text)
    {
        if (_refusedId != id)
        {
            text = "";
            return StreamRefusal.Unknown;
        }

        text = Encoding.UTF8.GetString(_refusalText.AsSpan(0, _refusalBytes));
        return _refusalReason <= (ulong)StreamRefusal.UnknownName ? (StreamRefusal)(int)_refusalReason : StreamRefusal.Unknown;
    }

    /// <summary>Nothing more is read: the peer is asked to write no more, and what comes is thrown away. The other direction goes on.</summary>
    public void Stop(ulong id, ulong reason = 0)
    {
        if (Find(id) is { IsReset: false, IsResetByPeer: false, IsStopped: false } stream && !stream.Receive.IsAllConsumed)
        {
            Abandon(stream, stream.Receive.Highest);
            stream.Stop(reason & VarInt.Max);
            stream.IsStopDue = !stream.HasPeerEnded;
            Settle(stream);
        }
    }

    /// <summary>Ends both directions at once; what is under way may be lost. The peer is told the reason, a number whose meaning is the kind's.</summary>
    public void Reset(ulong id, ulong reason = 0)
    {
        if (Find(id) is { IsReset: false } stream)
        {
            Abandon(stream, stream.Receive.Highest);
            stream.Reset(reason & VarInt.Max);
            StopWaiting(stream);
            Settle(stream);
        }
    }

    private void TakeOpened(in StreamFrame frame)
    {
        if (!IsOwn(frame.Id))
        {
            Counters.RefusedFrames++;
        }
        else if (Find(frame.Id) is { IsAnswered: false, IsReset: false, IsResetByPeer: false } stream)
        {
            stream.TakeAccepted();
            Settle(stream);
        }
    }

    /// <summary>A RESET of a stream into which the peer never wrote, with a text.</summary>
    private void TakeRefused(in StreamFrame frame)
    {
        if (!IsOwn(frame.Id))
        {
            Counters.RefusedFrames++;
            return;
        }

        if (Find(frame.Id) is not { IsResetByPeer: false } stream)
        {
            return;
        }

        if (stream.IsAnswered || stream.Receive.Highest != 0 || stream.HasPeerEnded)
        {
            Counters.RefusedFrames++;
            return;
        }

        Abandon(stream, 0);
        stream.TakeRefused(frame.Value, frame.Data);
        StopWaiting(stream);
        Settle(stream);
    }

    /// <summary>The peer reads no more of a stream.</summary>
    private void TakeStop(in StreamFrame frame)
    {
        if (FindOrAdd(frame.Id) is { IsReset: false, IsResetByPeer: false } stream && !stream.IsStoppedByPeer)
        {
            stream.IsStoppedByPeer = true;
            StopWaiting(stream);
            stream.Send.Cut();
            stream.Raise(StreamEventKind.Stopped);
            Settle(stream);
        }
    }
}
