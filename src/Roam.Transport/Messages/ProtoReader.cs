namespace Roam.Transport;

/// <summary>
/// Reads Protocol Buffers fields from a span. Never throws: malformed input sets <see cref="Failed"/> and ends the reading.
/// A caller that does not read a field's value need not skip it: the next <see cref="Next"/> does.
/// </summary>
public ref struct ProtoReader
{
    /// <summary>A 64-bit value in groups of 7 bits.</summary>
    private const int VarintBytesMax = 10;

    /// <summary>Groups within groups; deeper ones are malformed. No message of ours has any.</summary>
    private const int GroupDepthMax = 32;

    private ReadOnlySpan<byte> _rest;
    private bool _valuePending;

    public ProtoReader(ReadOnlySpan<byte> message)
    {
        _rest = message;
    }

    /// <summary>The input is not a well-formed message. Sticky.</summary>
    public bool Failed { get; private set; }

    /// <summary>Number of the field that <see cref="Next"/> stopped at.</summary>
    public int Field { get; private set; }

    public ProtoWireType WireType { get; private set; }

    /// <summary>Moves to the next field; false at the end of the message or when it is malformed.</summary>
    public bool Next()
    {
        if (_valuePending)
        {
            Skip();
        }

        if (Failed || _rest.IsEmpty)
        {
            return false;
        }

        // A tag is a uint32; higher bits of an overlong one are cut off, as Google's parsers do.
        uint tag = (uint)ReadRawVarint();
        Field = (int)(tag >> 3);
        WireType = (ProtoWireType)(tag & 7);
        if (Field == 0 || WireType > ProtoWireType.Fixed32 || WireType == ProtoWireType.EndGroup)
        {
            Failed = true;
        }

        _valuePending = !Failed;
        return !Failed;
    }

    /// <summary>Is the current field this one, in this wire type? A known number in another wire type is an unknown field.</summary>
    public readonly bool At(int field, ProtoWireType type) => Field == field && WireType == type;

    /// <summary>The value of a varint field: uint64.</summary>
    public ulong ReadUInt64()
    {
        _valuePending = false;
        return ReadRawVarint();
    }

    /// <summary>The value of a varint field as int32: the low 32 bits.</summary>
    public int ReadInt32() => (int)ReadUInt64();

    /// <summary>The value of a varint field as uint32: the low 32 bits.</summary>
    public uint ReadUInt32() => (uint)ReadUInt64();

    /// <summary>For a reader over the content of a packed repeated field: its next varint; false at the end or when malformed.</summary>
    public bool NextPacked(out ulong value)
    {
        value = 0;
        if (Failed || _rest.IsEmpty)
        {
            return false;
        }

        value = ReadRawVarint();
        return !Failed;
    }

    /// <summary>The value of a length-delimited field, a view into the message; empty when malformed.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        _valuePending = false;
        uint length = (uint)ReadRawVarint();
        if (Failed || length > (uint)_rest.Length)
        {
            Failed = true;
            return default;
        }

        ReadOnlySpan<byte> value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return value;
    }

    private void Skip()
    {
        _valuePending = false;
        SkipValue(WireType, Field);
    }

    private void SkipValue(ProtoWireType type, int field)
    {
        if (type == ProtoWireType.StartGroup)
        {
            SkipGroup(field);
        }
        else
        {
            SkipScalar(type);
        }
    }

    private void SkipScalar(ProtoWireType type)
    {
        switch (type)
        {
            case ProtoWireType.Varint:
                ReadRawVarint();
                break;
            case ProtoWireType.LengthDelimited:
                ReadBytes();
                break;
            case ProtoWireType.Fixed64:
                SkipRaw(8);
                break;
            case ProtoWireType.Fixed32:
                SkipRaw(4);
                break;
            default:
                Failed = true;
                break;
        }
    }

    /// <summary>Up to the end tag of the same number; inner groups are followed without recursion.</summary>
    private void SkipGroup(int field)
    {
        Span<int> open = stackalloc int[GroupDepthMax];
        int depth = 0;
        open[depth++] = field;
        while (depth > 0 && !Failed)
        {
            if (_rest.IsEmpty)
            {
                Failed = true;
                return;
            }

            uint tag = (uint)ReadRawVarint();
            int inner = (int)(tag >> 3);
            ProtoWireType type = (ProtoWireType)(tag & 7);
            if (inner == 0)
            {
                Failed = true;
            }
            else if (type == ProtoWireType.EndGroup)
            {
                Failed |= open[--depth] != inner;
            }
            else if (type != ProtoWireType.StartGroup)
            {
                SkipScalar(type);
            }
            else if (depth < GroupDepthMax)
            {
                open[depth++] = inner;
            }
            else
            {
                Failed = true;
            }
        }
    }

    private void SkipRaw(int bytes)
    {
        if (_rest.Length < bytes)
        {
            Failed = true;
            return;
        }

        _rest = _rest[bytes..];
    }

    private ulong ReadRawVarint()
    {
        if (!_rest.IsEmpty && _rest[0] < 0x80)
        {
            byte only = _rest[0];
            _rest = _rest[1..];
            return only;
        }

        ulong value = 0;
        int limit = Math.Min(VarintBytesMax, _rest.Length);
        for (int i = 0; i < limit; i++)
        {
            byte b = _rest[i];
            value |= (ulong)(b & 0x7f) << (7 * i);
            if (b < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        Failed = true;
        _rest = default;
        return 0;
    }
}
