namespace Roam.Transport;

/// <summary>How the program ended: extension 105 of a host Instruction (docs/protocol.md, section 8). As the peer said it: any number.</summary>
public readonly record struct ExitStatusMessage(uint Code, uint Signal)
{
    private const int CodeField = 1;
    private const int SignalField = 2;

    internal int Size => ProtoWriter.UInt64Size(CodeField, Code) + (Signal == 0 ? 0 : ProtoWriter.UInt64Size(SignalField, Signal));

    /// <summary>False when malformed.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> message, out ExitStatusMessage status)
    {
        uint code = 0;
        uint signal = 0;
        ProtoReader reader = new(message);
        while (reader.Next())
        {
            if (reader.At(CodeField, ProtoWireType.Varint))
            {
                code = reader.ReadUInt32();
            }
            else if (reader.At(SignalField, ProtoWireType.Varint))
            {
                signal = reader.ReadUInt32();
            }
        }

        status = new ExitStatusMessage(code, signal);
        return !reader.Failed;
    }

    internal void Write(ProtoWriter writer)
    {
        writer.WriteUInt64(CodeField, Code);
        if (Signal != 0)
        {
            writer.WriteUInt64(SignalField, Signal);
        }
    }
}
