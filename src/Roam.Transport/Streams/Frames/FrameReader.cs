namespace Roam.Transport;

/// <summary>Reads the frames of one datagram, one a call. After anything but a frame nothing more can be read.</summary>
internal ref struct FrameReader(ReadOnlySpan<byte> payload)
{
    internal const byte FinalBit = 0x01;
    internal const byte LengthBit = 0x02;
    internal const byte OffsetBit = 0x04;

    private ReadOnlySpan<byte> _rest = payload;
    private StreamFrame _frame;

    internal FrameResult Read(out StreamFrame frame)
    {
        _frame = default;
        FrameResult result = Read();
        frame = _frame;
        return result;
    }

    private FrameResult Read()
    {
        while (!_rest.IsEmpty && _rest[0] == (byte)FrameType.Padding)
        {
            _rest = _rest[1..];
        }

        if (_rest.IsEmpty)
        {
            return FrameResult.End;
        }

        // Every known type is one byte, and the shortest form is required (RFC 9000, section 12.4).
        byte type = _rest[0];
        _rest = _rest[1..];
        _frame.Type = (FrameType)type;
        bool isWhole;
        switch (_frame.Type)
        {
            case FrameType.Ping:
                return FrameResult.Frame;
            case FrameType.Ack:
                isWhole = TryReadAck();
                break;
            case FrameType.Reset:
                isWhole = TryReadId() && TryReadValue() && TryReadOffset();
                break;
            case FrameType.Refused:
                isWhole = TryReadId() && TryReadValue() && TryReadData() && _frame.Data.Length <= StreamLimits.RefusalBytesMax;
                break;
            case FrameType.Stop or FrameType.MaxStreamData:
                isWhole = TryReadId() && TryReadValue();
                break;
            case FrameType.MaxData or FrameType.MaxStreams:
                isWhole = TryReadValue();
                break;
            case FrameType.Open:
                isWhole = TryReadId() && TryReadValue() && TryReadData() && _frame.Data.Length <= StreamLimits.TargetBytesMax;
                break;
            case FrameType.Opened:
                isWhole = TryReadId();
                break;
            case FrameType.Datagram:
                isWhole = TryReadId() && TryReadData();
                break;
            case >= FrameType.Stream and < (FrameType)0x10:
                isWhole = TryReadStream(type);
                break;
            default:
                return FrameResult.Unknown;
        }

        return isWhole ? FrameResult.Frame : FrameResult.Malformed;
    }

    private bool TryReadStream(byte type)
    {
        _frame.Type = FrameType.Stream;
        _frame.IsFinal = (type & FinalBit) != 0;
        if (!TryReadId() || ((type & OffsetBit) != 0 && !TryReadOffset()))
        {
            return false;
        }

        if ((type & LengthBit) != 0)
        {
            return TryReadData() && _frame.Offset + (ulong)_frame.Data.Length <= VarInt.Max;
        }

        _frame.Data = _rest;
        _rest = default;
        return _frame.Offset + (ulong)_frame.Data.Length <= VarInt.Max;
    }

    private bool TryReadAck()
    {
        if (!TryReadOffset() || !TryReadValue() || !VarInt.TryRead(ref _rest, out ulong more))
        {
            return false;
        }

        ReadOnlySpan<byte> ranges = _rest;
        if (!VarInt.TryRead(ref _rest, out ulong length) || length > _frame.Offset)
        {
            return false;
        }

        // Each further range takes two bytes at least, so the loop ends with the datagram whatever the count says.
        ulong low = _frame.Offset - length;
        for (ulong i = 0; i < more; i++)
        {
            if (!VarInt.TryRead(ref _rest, out ulong gap) || !VarInt.TryRead(ref _rest, out length) || low < gap + 2 || low - gap - 2 < length)
            {
                return false;
            }

            low -= gap + 2 + length;
        }

        _frame.Data = ranges[..(ranges.Length - _rest.Length)];
        return true;
    }

    private bool TryReadId()
    {
        bool isWhole = VarInt.TryRead(ref _rest, out ulong id);
        _frame.Id = id;
        return isWhole;
    }

    private bool TryReadOffset()
    {
        bool isWhole = VarInt.TryRead(ref _rest, out ulong offset);
        _frame.Offset = offset;
        return isWhole;
    }

    private bool TryReadValue()
    {
        bool isWhole = VarInt.TryRead(ref _rest, out ulong value);
        _frame.Value = value;
        return isWhole;
    }

    private bool TryReadData()
    {
        if (!VarInt.TryRead(ref _rest, out ulong length) || length > (ulong)_rest.Length)
        {
            return false;
        }

        _frame.Data = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }
}
