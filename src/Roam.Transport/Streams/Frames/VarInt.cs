using System.Buffers.Binary;

namespace Roam.Transport;

/// <summary>Variable-length integers of RFC 9000, section 16: the two highest bits of the first byte say 1, 2, 4 or 8 bytes.</summary>
public static class VarInt
{
    public const ulong Max = (1UL << 62) - 1;

    public const int BytesMax = 8;

    public static int LengthOf(ulong value) => value switch
    {
        < 1UL << 6 => 1,
        < 1UL << 14 => 2,
        < 1UL << 30 => 4,
        _ => 8,
    };

    /// <summary>Writes at the start of the destination, which must have room. Returns the length.</summary>
    public static int Write(Span<byte> destination, ulong value)
    {
        switch (LengthOf(value))
        {
            case 1:
                destination[0] = (byte)value;
                return 1;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(value | 0x4000));
                return 2;
            case 4:
                BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)value | 0x8000_0000);
                return 4;
            default:
                BinaryPrimitives.WriteUInt64BigEndian(destination, value | 0xC000_0000_0000_0000);
                return 8;
        }
    }

    /// <summary>Takes one from the front of the source; false, and nothing taken, when it ends too early.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        if (source.IsEmpty)
        {
            return false;
        }

        int length = 1 << (source[0] >> 6);
        if (source.Length < length)
        {
            return false;
        }

        value = (ulong)source[0] & 0x3F;
        for (int i = 1; i < length; i++)
        {
            value = (value << 8) | source[i];
        }

        source = source[length..];
        return true;
    }
}
