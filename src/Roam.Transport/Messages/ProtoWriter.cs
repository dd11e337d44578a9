using System.Buffers;

namespace Roam.Transport;

/// <summary>
/// Writes Protocol Buffers fields to a buffer writer. Lengths of nested messages are computed first with the Size functions:
/// nothing is written twice or moved.
/// </summary>
public readonly ref struct ProtoWriter(IBufferWriter<byte> destination)
{
    private const int VarintBytesMax = 10;

    private readonly IBufferWriter<byte> _destination = destination;

    public static int VarintSize(ulong value) => (70 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) / 7;

    public static int UInt64Size(int field, ulong value) => TagSize(field) + VarintSize(value);

    /// <summary>A negative int32 is written as a sign-extended 64-bit varint.</summary>
    public static int Int32Size(int field, int value) => UInt64Size(field, (ulong)(long)value);

    public static int BytesSize(int field, int length) => TagSize(field) + VarintSize((uint)length) + length;

    public void WriteUInt64(int field, ulong value)
    {
        WriteTag(field, ProtoWireType.Varint);
        WriteVarint(value);
    }

    public void WriteInt32(int field, int value) => WriteUInt64(field, (ulong)(long)value);

    public void WriteBytes(int field, ReadOnlySpan<byte> value)
    {
        WriteHeader(field, value.Length);
        WriteRaw(value);
    }

    /// <summary>Tag and length of a length-delimited field; the caller then writes exactly that many bytes.</summary>
    public void WriteHeader(int field, int length)
    {
        WriteTag(field, ProtoWireType.LengthDelimited);
        WriteVarint((uint)length);
    }

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination.GetSpan(bytes.Length));
        _destination.Advance(bytes.Length);
    }

    private static int TagSize(int field) => VarintSize((uint)field << 3);

    private void WriteTag(int field, ProtoWireType type) => WriteVarint(((uint)field << 3) | (uint)type);

    private void WriteVarint(ulong value)
    {
        Span<byte> span = _destination.GetSpan(VarintBytesMax);
        int length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _destination.Advance(length);
    }
}
