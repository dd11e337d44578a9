using System.Buffers.Binary;

namespace Roam.Transport;

/// <summary>The 10 bytes before a slice (ssp.md section 2): instruction id, last-fragment bit, fragment number.</summary>
internal readonly record struct FragmentHeader(ulong Id, int Number, bool IsLast)
{
    internal const int Bytes = 10;

    /// <summary>15 bits.</summary>
    internal const int NumberMax = 0x7FFF;

    /// <summary>In place of an instruction's id: the datagram holds stream frames (docs/protocol.md, section 8).</summary>
    internal const ulong StreamsId = ulong.MaxValue;

    private const int LastBit = 0x8000;

    internal static FragmentHeader Read(ReadOnlySpan<byte> source)
    {
        ushort word = BinaryPrimitives.ReadUInt16BigEndian(source[8..]);
        return new FragmentHeader(BinaryPrimitives.ReadUInt64BigEndian(source), word & NumberMax, (word & LastBit) != 0);
    }

    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, Id);
        BinaryPrimitives.WriteUInt16BigEndian(destination[8..], (ushort)(Number | (IsLast ? LastBit : 0)));
    }
}
