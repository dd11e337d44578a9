namespace Roam.Transport;

/// <summary>The sending half of a stream: bytes written and not yet acknowledged, in a ring that is there only while there are any. How many may be is the <see cref="StreamSet"/>'s affair.</summary>
internal sealed class SendBuffer(BufferPool pool)
{
    /// <summary>A ring above it gives way to a smaller one when a quarter of it would do.</summary>
    private const int BytesAlwaysKept = 8192;

    private readonly RangeSet _acked = new(StreamLimits.ResendRangesMax);
    private readonly RangeSet _lost = new(StreamLimits.ResendRangesMax);
    private byte[] _ring = [];
    private int _usedBytes;
    private int _nextBytes;
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

    /// <summary>Written and not acknowledged.</summary>
    internal long Held => (long)(WrittenTo - AckedTo);

    /// <summary>Written and never sent.</summary>
    internal int Unsent => (int)(WrittenTo - SentTo);

    internal void Write(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        MakeRoom((int)Held + data.Length);
        CopyIn(data);
        WrittenTo += (ulong)data.Length;
    }

    internal void End() => IsEnded = true;

    /// <summary>Nobody reads any more: what was not sent is dropped, and the end is said there.</summary>
    internal void Cut()
    {
        if (!_isEndSent)
        {
            WrittenTo = SentTo;
            IsEnded = true;
            Fit();
        }
    }

    /// <summary>The peer's newest word; an older one comes late.</summary>
    internal void RaiseLimit(ulong limit) => Limit = Math.Max(Limit, limit);

    /// <summary>Something waits that needs no credit of the connection: lost bytes, or the end.</summary>
    internal bool HasUrgent => !_lost.IsEmpty || (IsEnded && SentTo == WrittenTo && (!_isEndSent || _isEndLost));

    /// <summary>Bytes wait that were never sent, and the peer's window for the stream has room for them.</summary>
    internal bool HasFresh => SentTo < WrittenTo && SentTo < Limit;

    /// <summary>Something waits to be sent or sent again, given how many bytes the connection may send anew.</summary>
    internal bool HasMore(ulong credit) => HasUrgent || (credit > 0 && HasFresh);

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
        if (start == AckedTo && _acked.IsEmpty)
        {
            AckedTo = end;
            Fit();
            return;
        }

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
            Fit();
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
        Fit();
    }

    /// <summary>For another stream.</summary>
    internal void Clear()
    {
        _acked.Clear();
        _lost.Clear();
        AckedTo = SentTo = WrittenTo = 0;
        Limit = StreamLimits.StreamWindowBytes;
        IsEnded = _isEndSent = _isEndLost = _isEndAcked = false;
        Fit();
        _nextBytes = 0;
    }

    private void MakeRoom(int bytes)
    {
        _usedBytes = Math.Max(_usedBytes, bytes);
        if (bytes > _ring.Length)
        {
            Move(Math.Max(bytes, _nextBytes));
        }
    }

    /// <summary>An empty ring goes back; one that is far too large gives way to a smaller one.</summary>
    private void Fit()
    {
        if (AckedTo != WrittenTo)
        {
            if (_ring.Length > BytesAlwaysKept && Held < _ring.Length / 4)
            {
                Move(_ring.Length / 2);
            }
        }
        else if (_ring.Length > 0)
        {
            _nextBytes = BufferPool.NextBytes(_ring.Length, _usedBytes);
            pool.Return(_ring);
            _ring = [];
            _usedBytes = 0;
        }
    }

    private void Move(int bytes)
    {
        byte[] old = _ring;
        byte[] other = pool.Rent(bytes);
        for (ulong at = AckedTo; at < WrittenTo;)
        {
            int from = (int)(at & (ulong)(old.Length - 1));
            int to = (int)(at & (ulong)(other.Length - 1));
            int count = (int)Math.Min(WrittenTo - at, (ulong)Math.Min(old.Length - from, other.Length - to));
            old.AsSpan(from, count).CopyTo(other.AsSpan(to));
            at += (ulong)count;
        }

        _ring = other;
        if (old.Length > 0)
        {
            pool.Return(old);
        }
    }

    private void CopyIn(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        int at = (int)(WrittenTo & (ulong)(_ring.Length - 1));
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

        int at = (int)(offset & (ulong)(_ring.Length - 1));
        int first = Math.Min(destination.Length, _ring.Length - at);
        _ring.AsSpan(at, first).CopyTo(destination);
        _ring.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
    }
}
