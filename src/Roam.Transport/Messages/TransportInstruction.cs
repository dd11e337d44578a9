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

    /// <summary>Roam's own, and its two fields.</summary>
    private const int ReportField = 100;
    private const int ReportReceivedField = 1;
    private const int ReportHighestField = 2;

    internal uint Version { get; set; }

    internal ulong OldNumber { get; set; }

    internal ulong NewNumber { get; set; }

    internal ulong AckNumber { get; set; }

    internal ulong ThrowawayNumber { get; set; }

    internal ReadOnlySpan<byte> Diff { get; set; }

    internal ReadOnlySpan<byte> Chaff { get; set; }

    /// <summary>There is a loss report.</summary>
    internal bool HasReport { get; set; }

    /// <summary>How many of the receiver's datagrams arrived ...</summary>
    internal ulong ReportReceived { get; set; }

    /// <summary>... of so many that it had sent by the newest of them.</summary>
    internal ulong ReportHighest { get; set; }

    /// <summary>False when malformed. Absent fields are zero or empty; of a repeated one the last counts, as in any protobuf reader.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> message, out TransportInstruction instruction)
    {
        instruction = default;
        bool isGood = true;
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
            else if (reader.At(ReportField, ProtoWireType.LengthDelimited))
            {
                isGood &= instruction.TryTakeReport(reader.ReadBytes());
            }
        }

        return isGood && !reader.Failed;
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
        if (HasReport)
        {
            writer.WriteHeader(ReportField, ProtoWriter.UInt64Size(ReportReceivedField, ReportReceived) + ProtoWriter.UInt64Size(ReportHighestField, ReportHighest));
            writer.WriteUInt64(ReportReceivedField, ReportReceived);
            writer.WriteUInt64(ReportHighestField, ReportHighest);
        }
    }

    private bool TryTakeReport(ReadOnlySpan<byte> report)
    {
        HasReport = true;
        ProtoReader reader = new(report);
        while (reader.Next())
        {
            if (reader.At(ReportReceivedField, ProtoWireType.Varint))
            {
                ReportReceived = reader.ReadUInt64();
            }
            else if (reader.At(ReportHighestField, ProtoWireType.Varint))
            {
                ReportHighest = reader.ReadUInt64();
            }
        }

        return !reader.Failed;
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
