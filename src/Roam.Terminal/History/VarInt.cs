namespace Roam.Terminal;

/// <summary>Numbers of seven bits a byte, low ones first, as in Protocol Buffers.</summary>
internal static class VarInt
{
    internal const int BytesMax = 10;

    /// <summary>Returns the number of bytes; the destination has room for <see cref="BytesMax"/>.</summary>
    internal static int Write(Span<byte> destination, ulong value)
    {
        int length = 0;
        while (value >= 0x80)
        {
            destination[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[length++] = (byte)value;
        return length;
    }

    /// <summary>Takes a number off the front; false when there is no whole one.</summary>
    internal static bool TryRead(ref ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        for (int i = 0; i < source.Length && i < BytesMax; i++)
        {
            value |= (ulong)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                source = source[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
