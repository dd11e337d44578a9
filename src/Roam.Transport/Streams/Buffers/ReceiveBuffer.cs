namespace Roam.Transport;

/// <summary>
/// The receiving half of a stream. What can be read lies in one piece; what came early lies behind it, at its place. Bytes that came twice are taken once; should they differ,
/// those that came last, until they can be read, are the ones that count.
/// </summary>
internal sealed class ReceiveBuffer(BufferPool pool)
{
    /// <summary>A buffer above it gives way to a smaller one when a quarter of it would do.</summary>
    private const int BytesAlwaysKept = 8192;

    private const ulong Unknown = ulong.MaxValue;

    private readonly RangeSet _ahead = new(StreamLimits.AheadRangesMax);
    private byte[] _bytes = [];
    private int _start;
    private int _usedBytes;
    private int _nextBytes;
    private WindowTuner _window = new(StreamLimits.StreamWindowBytes, StreamLimits.StreamWindowBytesMax);
    private ulong _end = Unknown;

    internal ulong Consumed { get; private set; }

    /// <summary>All before has come.</summary>
    internal ulong ArrivedTo { get; private set; }

    /// <summary>End of the highest byte seen: what counts against the windows.</summary>
    internal ulong Highest { get; private set; }

    /// <summary>How far the peer was last allowed to send.</summary>
    internal ulong Limit { get; private set; } = StreamLimits.StreamWindowBytes;

    /// <summary>The peer's last byte has come, with all before it.</summary>
    internal bool IsComplete => ArrivedTo == _end;

    internal bool IsAllConsumed => Consumed == _end;

    internal ReadOnlySpan<byte> Readable => _bytes.AsSpan(_start, (int)(ArrivedTo - Consumed));

    internal int Gaps => _ahead.Count;

    internal int WindowBytes => _window.Bytes;

    internal StoreResult Store(ulong offset, ReadOnlySpan<byte> data, bool isFinal)
    {
        ulong end = offset + (ulong)data.Length;
        bool contradicts = (_end != Unknown && end > _end) || (isFinal && (end < Highest || (_end != Unknown && end != _end)));
        if (end > Limit || contradicts)
        {
            return StoreResult.Refused;
        }

        if (end > ArrivedTo)
        {
            int known = (int)(Math.Max(offset, ArrivedTo) - offset);
            if (!TryPlace(offset + (ulong)known, data[known..], end))
            {
                return StoreResult.NoPlace;
            }
        }

        _end = isFinal ? end : _end;
        Highest = Math.Max(Highest, end);
        return StoreResult.Stored;
    }

    internal void Consume(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)count, ArrivedTo - Consumed);
        Consumed += (ulong)count;
        _start += count;
        if (Consumed == ArrivedTo && _ahead.IsEmpty)
        {
            Empty();
        }
        else if (_bytes.Length > BytesAlwaysKept && Unread < _bytes.Length / 4)
        {
            Move(_bytes.Length / 2);
        }
    }

    /// <summary>Looked at after reading; true when the window has grown.</summary>
    internal bool TryGrow(Instant now, long roundTripMicros) => _window.Take(now, Consumed, roundTripMicros);

    /// <summary>True when the peer is to be told to send on, and it has more to say. Looked at after reading and after bytes came.</summary>
    internal bool TryRaiseLimit()
    {
        ulong limit = Consumed + (ulong)_window.Bytes;
        if (_end != Unknown || !IsRaiseDue(limit, Limit, Highest, _window.Bytes))
        {
            return false;
        }

        Limit = limit;
        return true;
    }

    /// <summary>
    /// A quarter of the window is free, so that at least three quarters of it can be on the way; or as much as the peer has left, so that it is never held up while there is room.
    /// </summary>
    internal static bool IsRaiseDue(ulong newLimit, ulong oldLimit, ulong received, int windowBytes)
    {
        ulong gain = newLimit - oldLimit;
        return gain >= (ulong)windowBytes / 4 || (gain >= StreamLimits.RaiseBytesMin && oldLimit - received <= gain);
    }

    /// <summary>Nothing is read any more.</summary>
    internal void Abandon(ulong highest)
    {
        _ahead.Clear();
        Empty();
        Highest = Math.Max(Highest, highest);
        Consumed = ArrivedTo = _end = Highest;
    }

    /// <summary>For another stream.</summary>
    internal void Clear()
    {
        _ahead.Clear();
        Empty();
        Consumed = ArrivedTo = Highest = 0;
        Limit = StreamLimits.StreamWindowBytes;
        _window = new WindowTuner(StreamLimits.StreamWindowBytes, StreamLimits.StreamWindowBytesMax);
        _end = Unknown;
        _nextBytes = 0;
    }

    /// <summary>From the first byte that is not consumed to the last that came, with what is missing between them.</summary>
    private int Unread => (int)(Math.Max(Highest, ArrivedTo) - Consumed);

    private void Empty()
    {
        _start = 0;
        if (_bytes.Length > 0)
        {
            _nextBytes = BufferPool.NextBytes(_bytes.Length, _usedBytes);
            pool.Return(_bytes);
            _bytes = [];
            _usedBytes = 0;
        }
    }

    private bool TryPlace(ulong offset, ReadOnlySpan<byte> data, ulong end)
    {
        if (offset > ArrivedTo && !_ahead.TryAdd(offset, end))
        {
            return false;
        }

        MakeRoom((int)(end - Consumed));
        data.CopyTo(_bytes.AsSpan(_start + (int)(offset - Consumed)));
        if (offset <= ArrivedTo)
        {
            ArrivedTo = end;
            while (!_ahead.IsEmpty && _ahead.StartOf(0) <= ArrivedTo)
            {
                ArrivedTo = Math.Max(ArrivedTo, _ahead.EndOf(0));
                _ahead.RemoveLowest();
            }
        }

        return true;
    }

    private void MakeRoom(int bytes)
    {
        _usedBytes = Math.Max(_usedBytes, bytes);
        if (_start + bytes <= _bytes.Length)
        {
            return;
        }

        if (bytes > _bytes.Length - (_bytes.Length / 5))
        {
            // A quarter more than is needed, so that moving what is left to the front is rare.
            Move(Math.Max(bytes + (bytes / 4), _nextBytes));
            return;
        }

        _bytes.AsSpan(_start, Math.Min(Unread, _bytes.Length - _start)).CopyTo(_bytes);
        _start = 0;
    }

    private void Move(int bytes)
    {
        byte[] old = _bytes;
        byte[] other = pool.Rent(bytes);
        old.AsSpan(_start, Math.Min(Unread, old.Length - _start)).CopyTo(other);
        (_bytes, _start) = (other, 0);
        if (old.Length > 0)
        {
            pool.Return(old);
        }
    }
}
