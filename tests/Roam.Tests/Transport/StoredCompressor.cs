using System.Buffers.Binary;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>
/// zlib streams (RFC 1950) of stored blocks only: sizes on the wire and test vectors are exact and depend on no library's taste. Reads only its own kind.
/// </summary>
internal sealed class StoredCompressor : ICompressor
{
    private const ushort Header = 0x7801;
    private const int BlockBytesMax = 65535;
    private const int BlockHeaderBytes = 5;
    private const int FrameBytes = 6;

    public int Deflate(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int blocks = Math.Max(1, (source.Length + BlockBytesMax - 1) / BlockBytesMax);
        int length = source.Length + (blocks * BlockHeaderBytes) + FrameBytes;
        if (destination.Length < length)
        {
            return -1;
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination, Header);
        int at = 2;
        ReadOnlySpan<byte> rest = source;
        for (int i = 0; i < blocks; i++)
        {
            int size = Math.Min(rest.Length, BlockBytesMax);
            destination[at] = (byte)(i == blocks - 1 ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(at + 1)..], (ushort)size);
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(at + 3)..], (ushort)~size);
            rest[..size].CopyTo(destination[(at + BlockHeaderBytes)..]);
            rest = rest[size..];
            at += BlockHeaderBytes + size;
        }

        BinaryPrimitives.WriteUInt32BigEndian(destination[at..], Adler32(source));
        return length;
    }

    public int Inflate(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length < FrameBytes + BlockHeaderBytes || BinaryPrimitives.ReadUInt16BigEndian(source) != Header)
        {
            return -1;
        }

        ReadOnlySpan<byte> rest = source[2..^4];
        int length = 0;
        bool isLast = false;
        while (!isLast)
        {
            if (rest.Length < BlockHeaderBytes || rest[0] > 1)
            {
                return -1;
            }

            isLast = rest[0] == 1;
            int size = BinaryPrimitives.ReadUInt16LittleEndian(rest[1..]);
            rest = rest[BlockHeaderBytes..];
            if (rest.Length < size || destination.Length - length < size)
            {
                return -1;
            }

            rest[..size].CopyTo(destination[length..]);
            rest = rest[size..];
            length += size;
        }

        return BinaryPrimitives.ReadUInt32BigEndian(source[^4..]) == Adler32(destination[..length]) ? length : -1;
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        uint a = 1, b = 0;
        foreach (byte x in bytes)
        {
            a = (a + x) % 65521;
            b = (b + a) % 65521;
        }

        return (b << 16) | a;
    }
}
