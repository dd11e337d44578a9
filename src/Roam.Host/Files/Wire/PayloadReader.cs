using System.Buffers.Binary;

namespace Roam.Host;

/// <summary>Reads a frame's fields. What is not there, too long or too large makes <see cref="IsGood"/> false, and every later field is empty.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    public bool IsGood { get; private set; } = true;

    /// <summary>Whether all was read and nothing is left.</summary>
    public readonly bool IsDone => IsGood && _rest.IsEmpty;

    /// <summary>At most 2^62: sums of two never overflow.</summary>
    public long Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 63 && !_rest.IsEmpty; shift += 7)
        {
            byte b = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                if (value > 1UL << 62)
                {
                    break;
                }

                return (long)value;
            }
        }

        IsGood = false;
        _rest = default;
        return 0;
    }

    public int Number(int max)
    {
        long value = Number();
        if (value > max)
        {
            IsGood = false;
            _rest = default;
            return 0;
        }

        return (int)value;
    }

    /// <summary>A number that may be below zero (times before 1970).</summary>
    public long Signed()
    {
        long value = Number();
        return (value >> 1) ^ -(value & 1);
    }

    public ReadOnlySpan<byte> Bytes(int max)
    {
        int length = Number(max);
        return Raw(length);
    }

    public ReadOnlySpan<byte> Raw(int length)
    {
        if (length > _rest.Length)
        {
            IsGood = false;
            _rest = default;
            return default;
        }

        ReadOnlySpan<byte> bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    public ReadOnlySpan<byte> Rest()
    {
        ReadOnlySpan<byte> bytes = _rest;
        _rest = default;
        return bytes;
    }

    public UInt128 Hash()
    {
        ReadOnlySpan<byte> bytes = Raw(SipHash128.HashBytes);
        return bytes.IsEmpty ? default : BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }

    public FileTimes Times()
    {
        long accessSeconds = Signed();
        uint accessNanos = (uint)Number(999_999_999);
        long modificationSeconds = Signed();
        uint modificationNanos = (uint)Number(999_999_999);
        return new FileTimes(accessSeconds, accessNanos, modificationSeconds, modificationNanos);
    }
}
