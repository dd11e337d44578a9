namespace Roam.Transport;

/// <summary>The transport instruction (ssp.md section 3). Diff and chaff are views.</summary>
internal ref struct TransportInstruction
{
    private const int VersionField = 1;
    private const int OldNumberField = 2;
    private const int NewNumberField = 3;
    private const int AckNumberField = 4;
    private const int ThrowawayNumberField = 5;
    private const int DiffField = 6;
    private const int ChaffField = 7;

    internal uint Version { get; set; }

    internal ulong OldNumber { get; set; }

    internal ulong NewNumber { get; set; }

    internal ulong AckNumber { get; set; }

    internal ulong ThrowawayNumber { get; set; }

    internal ReadOnlySpan<byte> Diff { get; set; }

    internal ReadOnlySpan<byte> Chaff { get; set; }

    /// <summary>False when malformed. Absent fields are zero or empty; of a repeated one the last counts, as in any protobuf reader.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> message, out TransportInstruction instruction)
    {
        instruction = default;
        ProtoReader reader = new(message);
        while (reader.Next())
        {
            if (reader.WireType == ProtoWireType.Varint)
            {
                instruction.TakeNumber(reader.Field, reader.ReadUInt64());
            }
            else if (reader.At(DiffField, ProtoWireType.LengthDelimited))
            {
                instruction.Diff = reader.ReadBytes();
            }
            else if (reader.At(ChaffField, ProtoWireType.LengthDelimited))
            {
                instruction.Chaff = reader.ReadBytes();
            }
        }

        return !reader.Failed;
    }

    internal readonly void Write(GrowingBuffer destination)
    {
        ProtoWriter writer = new(destination);
        writer.WriteUInt64(VersionField, Version);
        writer.WriteUInt64(OldNumberField, OldNumber);
        writer.WriteUInt64(NewNumberField, NewNumber);
        writer.WriteUInt64(AckNumberField, AckNumber);
        writer.WriteUInt64(ThrowawayNumberField, ThrowawayNumber);
        writer.WriteBytes(DiffField, Diff);
        writer.WriteBytes(ChaffField, Chaff);
    }

    private void TakeNumber(int field, ulong value)
    {
        switch (field)
        {
            case VersionField:
                Version = (uint)value;
                break;
            case OldNumberField:
                OldNumber = value;
                break;
            case NewNumberField:
                NewNumber = value;
                break;
            case AckNumberField:
                AckNumber = value;
                break;
            case ThrowawayNumberField:
                ThrowawayNumber = value;
                break;
        }
    }
}
