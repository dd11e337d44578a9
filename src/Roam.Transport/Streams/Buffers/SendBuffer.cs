using System.Numerics;

namespace Roam.Transport;

/// <summary>The sending half of a stream: bytes written and not yet acknowledged, in a ring that grows to <see cref="StreamLimits.SendBytesMax"/>.</summary>
internal sealed class SendBuffer
{
    private const int BytesAtFirst = 4096;

    private readonly RangeSet _acked = new(StreamLimits.ResendRangesMax);
    private readonly RangeSet _lost = new(StreamLimits.ResendRangesMax);
    private byte[] _ring = [];
    private bool _isEndSent;
    private bool _isEndLost;
    private bool _isEndAcked;

    /// <summary>All before is acknowledged, and no longer held.</summary>
    internal ulong AckedTo { get; private set; }

    /// <summary>All before was sent at least once.</summary>
    internal ulong SentTo { get; private set; }

    internal ulong WrittenTo { get; private set; }

    /// <summary>How far the peer lets us send.</summary>
    internal ulong Limit { get; private set; } = StreamLimits.StreamWindowBytes;

    /// <summary>Nothing more will be written.</summary>
    internal bool IsEnded { get; private set; }

    internal bool IsAllAcknowledged => IsEnded && _isEndAcked && AckedTo == WrittenTo;

    internal int Room => IsEnded ? 0 : StreamLimits.SendBytesMax - (int)(WrittenTo - AckedTo);

    internal int Write(ReadOnlySpan<byte> data)
    {
        int count = Math.Min(data.Length, Room);
        MakeRoom((int)(WrittenTo - AckedTo) + count);
        CopyIn(data[..count]);
        WrittenTo += (ulong)count;
        return count;
    }

    internal void End() => IsEnded = true;

    /// <summary>Nobody reads any more: what was not sent is dropped, and the end is said there.</summary>
    internal void Cut()
    {
        if (!_isEndSent)
        {
            WrittenTo = SentTo;
            IsEnded = true;
        }
    }

    /// <summary>The peer's newest word; an older one comes late.</summary>
    internal void RaiseLimit(ulong limit) => Limit = Math.Max(Limit, limit);

    /// <summary>Something waits to be sent or sent again, given how many bytes the connection may send anew.</summary>
    internal bool HasMore(ulong credit) =>
        !_lost.IsEmpty || (SentTo < WrittenTo && SentTo < Limit && credit > 0) || (IsEnded && SentTo == WrittenTo && (!_isEndSent || _isEndLost));

    /// <summary>The offset of what <see cref="Take"/> would give.</summary>
    internal ulong NextOffset => _lost.IsEmpty ? SentTo : _lost.StartOf(0);

    /// <summary>The next bytes to send, those that were lost first. Returns their number; it may be 0 when the end alone is left to say.</summary>
    internal int Take(Span<byte> destination, ulong credit, out ulong offset, out int newBytes, out bool isFinal)
    {
        newBytes = 0;
        int count;
        if (!_lost.IsEmpty)
        {
            offset = _lost.StartOf(0);
            count = (int)Math.Min(_lost.EndOf(0) - offset, (ulong)destination.Length);
            _lost.Remove(offset, offset + (ulong)count);
        }
        else
        {
            offset = SentTo;
            ulong most = Math.Min(Math.Min(WrittenTo, Math.Max(Limit, SentTo)) - SentTo, credit);
            count = newBytes = (int)Math.Min(most, (ulong)destination.Length);
            SentTo += (ulong)count;
        }

        isFinal = IsEnded && offset + (ulong)count == WrittenTo;
        if (isFinal)
        {
            (_isEndSent, _isEndLost) = (true, false);
        }

        CopyOut(offset, destination[..count]);
        return count;
    }

    internal void TakeAcknowledged(ulong offset, int length, bool isFinal)
    {
        _isEndAcked |= isFinal;
        _isEndLost &= !isFinal;
        ulong start = Math.Max(offset, AckedTo);
        ulong end = Math.Max(offset + (ulong)length, AckedTo);
        _lost.Remove(start, end);
        if (!_acked.TryAdd(start, end))
        {
            // It goes once more, and is acknowledged then.
            _lost.AddOrJoin(start, end);
            return;
        }

        if (!_acked.IsEmpty && _acked.StartOf(0) <= AckedTo)
        {
            AckedTo = _acked.EndOf(0);
            _acked.RemoveLowest();
        }
    }

    internal void TakeLost(ulong offset, int length, bool isFinal)
    {
        _isEndLost |= isFinal && !_isEndAcked;
        ulong start = Math.Max(offset, AckedTo);
        ulong end = offset + (ulong)length;
        if (start >= end)
        {
            return;
        }

        _lost.AddOrJoin(start, end);
        for (int i = 0; i < _acked.Count && _acked.StartOf(i) < end; i++)
        {
            _lost.Remove(_acked.StartOf(i), _acked.EndOf(i));
        }
    }

    /// <summary>Nothing is sent any more.</summary>
    internal void Abandon()
    {
        _acked.Clear();
        _lost.Clear();
        AckedTo = WrittenTo = SentTo;
        IsEnded = _isEndSent = _isEndAcked = true;
        _isEndLost = false;
    }

    /// <summary>For another stream. The ring is kept.</summary>
    internal void Clear()
    {
        _acked.Clear();
        _lost.Clear();
        AckedTo = SentTo = WrittenTo = 0;
        Limit = StreamLimits.StreamWindowBytes;
        IsEnded = _isEndSent = _isEndLost = _isEndAcked = false;
    }

    private void MakeRoom(int bytes)
    {
        if (bytes <= _ring.Length)
        {
            return;
        }

        byte[] larger = new byte[Math.Max(BytesAtFirst, (int)BitOperations.RoundUpToPowerOf2((uint)bytes))];
        byte[] old = _ring;
        for (ulong at = AckedTo; at < WrittenTo;)
        {
            int from = (int)(at % (ulong)old.Length);
            int to = (int)(at % (ulong)larger.Length);
            int count = (int)Math.Min(WrittenTo - at, (ulong)Math.Min(old.Length - from, larger.Length - to));
            old.AsSpan(from, count).CopyTo(larger.AsSpan(to));
            at += (ulong)count;
        }

        _ring = larger;
    }

    private void CopyIn(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        int at = (int)(WrittenTo % (ulong)_ring.Length);
        int first = Math.Min(data.Length, _ring.Length - at);
        data[..first].CopyTo(_ring.AsSpan(at));
        data[first..].CopyTo(_ring);
    }

    private void CopyOut(ulong offset, Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        int at = (int)(offset % (ulong)_ring.Length);
        int first = Math.Min(destination.Length, _ring.Length - at);
        _ring.AsSpan(at, first).CopyTo(destination);
        _ring.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
    }
}
