namespace Roam.Transport;

/// <summary>The ranges of an ACK frame from the highest to the lowest (RFC 9000, section 19.3.1), of bytes that <see cref="FrameReader"/> has checked.</summary>
internal ref struct AckRanges(ulong largest, ReadOnlySpan<byte> checkedRanges)
{
    private ReadOnlySpan<byte> _rest = checkedRanges;
    private bool _isFirst = true;

    /// <summary>Both ends of the range belong to it.</summary>
    internal ulong Low { get; private set; }

    internal ulong High { get; private set; } = largest;

    internal bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (!_isFirst)
        {
            VarInt.TryRead(ref _rest, out ulong gap);
            if (Low < gap + 2)
            {
                return false;
            }

            High = Low - gap - 2;
        }

        _isFirst = false;
        if (!VarInt.TryRead(ref _rest, out ulong length) || length > High)
        {
            return false;
        }

        Low = High - length;
        return true;
    }
}
