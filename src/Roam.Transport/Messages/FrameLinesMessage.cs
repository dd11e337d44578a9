namespace Roam.Transport;

/// <summary>Where the picture stands in the history: extension 104 of a host Instruction (docs/protocol.md, section 8). The bitmap is a view, as the peer said it.</summary>
public ref struct FrameLinesMessage
{
    private const int LinesAboveField = 1;
    private const int FlagsField = 2;
    private const int WrapsField = 3;
    private const int ShownField = 4;
    private const uint AlternateFlag = 1;

    /// <summary>How many lines have left the main screen at its top.</summary>
    public ulong LinesAbove { get; set; }

    /// <summary>The rows are those of the alternate screen.</summary>
    public bool IsAlternate { get; set; }

    /// <summary>Bit y % 8 of byte y / 8: the text of row y goes on in the next row. What is missing at the end is zero.</summary>
    public ReadOnlySpan<byte> Wraps { get; set; }

    /// <summary>The first so many rows of the base are the lines from the base's <see cref="LinesAbove"/> on, as they left the screen.</summary>
    public uint Shown { get; set; }

    internal readonly int Size =>
        ProtoWriter.UInt64Size(LinesAboveField, LinesAbove)
        + (IsAlternate ? ProtoWriter.UInt64Size(FlagsField, AlternateFlag) : 0)
        + (Wraps.IsEmpty ? 0 : ProtoWriter.BytesSize(WrapsField, Wraps.Length))
        + (Shown == 0 ? 0 : ProtoWriter.UInt64Size(ShownField, Shown));

    /// <summary>False when malformed.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> message, out FrameLinesMessage lines)
    {
        lines = default;
        ProtoReader reader = new(message);
        while (reader.Next())
        {
            if (reader.At(LinesAboveField, ProtoWireType.Varint))
            {
                lines.LinesAbove = reader.ReadUInt64();
            }
            else if (reader.At(FlagsField, ProtoWireType.Varint))
            {
                lines.IsAlternate = (reader.ReadUInt64() & AlternateFlag) != 0;
            }
            else if (reader.At(WrapsField, ProtoWireType.LengthDelimited))
            {
                lines.Wraps = reader.ReadBytes();
            }
            else if (reader.At(ShownField, ProtoWireType.Varint))
            {
                lines.Shown = reader.ReadUInt32();
            }
        }

        return !reader.Failed;
    }

    internal readonly void Write(ProtoWriter writer)
    {
        writer.WriteUInt64(LinesAboveField, LinesAbove);
        if (IsAlternate)
        {
            writer.WriteUInt64(FlagsField, AlternateFlag);
        }

        if (!Wraps.IsEmpty)
        {
            writer.WriteBytes(WrapsField, Wraps);
        }

        if (Shown != 0)
        {
            writer.WriteUInt64(ShownField, Shown);
        }
    }
}
