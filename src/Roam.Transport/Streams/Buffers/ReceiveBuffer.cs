namespace Roam.Transport;

/// <summary>
/// The receiving half of a stream. What can be read lies in one piece; what came early lies behind it, at its place. Bytes that came twice are taken once; should they differ,
/// those that came last, until they can be read, are the ones that count.
/// </summary>
internal sealed class ReceiveBuffer
{
    private const int BytesAtFirst = 4096;

    /// <summary>A quarter more than the window, so that moving what is left to the front is rare.</summary>
    private const int BytesMax = StreamLimits.StreamWindowBytes + (StreamLimits.StreamWindowBytes / 4);

    /// <summary>A larger buffer is not kept once it is empty. An honest peer has no more than this on its way.</summary>
    internal const int BytesKept = 2 * StreamLimits.SendBytesMax;

    private const ulong Unknown = ulong.MaxValue;

    private readonly RangeSet _ahead = new(StreamLimits.AheadRangesMax);
    private byte[] _bytes = [];
    private int _start;
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

    internal int BytesHeld => _bytes.Length;

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
    }

    /// <summary>True when the peer is to be told to send on, and it has more to say. Looked at after reading and after bytes came.</summary>
    internal bool TryRaiseLimit()
    {
        ulong limit = Consumed + StreamLimits.StreamWindowBytes;
        if (_end != Unknown || !IsRaiseDue(limit, Limit, Highest, StreamLimits.StreamWindowBytes))
        {
            return false;
        }

        Limit = limit;
        return true;
    }

    /// <summary>Half of the window is free; or as much as the peer has left, so that it is never held up while there is room.</summary>
    internal static bool IsRaiseDue(ulong newLimit, ulong oldLimit, ulong received, int windowBytes)
    {
        ulong gain = newLimit - oldLimit;
        return gain >= (ulong)windowBytes / 2 || (gain >= StreamLimits.RaiseBytesMin && oldLimit - received <= gain);
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
        _end = Unknown;
    }

    private void Empty()
    {
        _start = 0;
        _bytes = _bytes.Length > BytesKept ? [] : _bytes;
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
        if (_start + bytes <= _bytes.Length)
        {
            return;
        }

        int held = (int)(Math.Max(Highest, ArrivedTo) - Consumed);
        ReadOnlySpan<byte> old = _bytes.AsSpan(_start, Math.Min(held, _bytes.Length - _start));
        if (bytes > _bytes.Length - (_bytes.Length / 5))
        {
            _bytes = new byte[Math.Clamp(bytes * 2, BytesAtFirst, BytesMax)];
        }

        old.CopyTo(_bytes);
        _start = 0;
    }
}
