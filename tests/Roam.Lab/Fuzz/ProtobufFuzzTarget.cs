using Roam.Transport;

namespace Roam.Lab;

/// <summary>Any bytes as a protobuf message: every field is walked, nested ones too; lengths never lead outside the message.</summary>
internal sealed class ProtobufFuzzTarget : IFuzzTarget
{
    private const int DepthMax = 8;

    public string Name => "protobuf";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        [0x08, 0x96, 0x01, 0x12, 3, 0x22, 1, 0x61],
        [0x0B, 0x08, 1, 0x13, 0x14, 0x0C, 0x0D, 1, 2, 3, 4, 0x11, 1, 2, 3, 4, 5, 6, 7, 8],
        [0xFA, 0xFF, 0xFF, 0xFF, 0x0F, 2, 0x08, 0x00, 0x80, 0x80, 0x80, 0x80, 0x10],
        [0x0A, 12, 0x1A, 10, 0x28, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
    ];

    public void Run(ReadOnlySpan<byte> input) => Walk(input, 0);

    private static void Walk(ReadOnlySpan<byte> message, int depth)
    {
        ProtoReader reader = new(message);
        int taken = 0;
        for (int field = 0; reader.Next(); field++)
        {
            if (reader.Field is <= 0 or > (1 << 29) - 1 || field > message.Length)
            {
                throw new InvalidOperationException($"Field number {reader.Field}, the {field}th of {message.Length} bytes.");
            }

            if (reader.WireType == ProtoWireType.LengthDelimited)
            {
                ReadOnlySpan<byte> value = reader.ReadBytes();
                taken += value.Length;
                if (taken > message.Length)
                {
                    throw new InvalidOperationException("Values longer than their message.");
                }

                if (depth < DepthMax)
                {
                    Walk(value, depth + 1);
                }
            }
            else if (reader.WireType == ProtoWireType.Varint)
            {
                reader.ReadUInt64();
            }
        }

        DiffReader diff = new(message);
        while (diff.Next())
        {
            taken += diff.Current.Bytes.Length;
        }
    }
}
