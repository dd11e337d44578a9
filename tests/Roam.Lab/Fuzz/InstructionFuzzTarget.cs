using Roam.Host;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Any bytes as a compressed instruction, and as one before compression: refused or read, and what was read is written and read again the same.</summary>
internal sealed class InstructionFuzzTarget : IFuzzTarget
{
    private readonly ZLibStreamCompressor _zlib = new();
    private readonly InstructionCodec _codec;
    private readonly GrowingBuffer _encoded = new();
    private readonly byte[] _compressed = new byte[2 * InputMutator.InputBytesMax];

    public InstructionFuzzTarget()
    {
        _codec = new InstructionCodec(_zlib);
        _codec.Encode(new TransportInstruction { Version = 2, OldNumber = 1, NewNumber = 2, AckNumber = 3, Diff = "some keys, some keys"u8, Chaff = "chaff"u8 }, _encoded);
        GrowingBuffer plain = new();
        new TransportInstruction { Version = 2, OldNumber = ulong.MaxValue, NewNumber = 2, AckNumber = 300, ThrowawayNumber = 1, Diff = "diff"u8 }.Write(plain);
        GrowingBuffer report = new();
        new TransportInstruction { Version = 2, NewNumber = 2, AckNumber = 1, Chaff = "c"u8, HasReport = true, ReportReceived = 299, ReportHighest = 301 }.Write(report);
        Seeds = [_encoded.Written.ToArray(), plain.Written.ToArray(), report.Written.ToArray(), [0x08, 2, 0xA2, 0x06, 1, 0, 0x0B, 0x0C]];
    }

    public string Name => "instruction";

    public IReadOnlyList<byte[]> Seeds { get; }

    public void Run(ReadOnlySpan<byte> input)
    {
        _codec.TryDecode(input, out _);
        int length = _zlib.Deflate(input, _compressed);
        bool viaZlib = _codec.TryDecode(_compressed.AsSpan(0, length), out TransportInstruction read);
        bool plain = TransportInstruction.TryRead(input, out TransportInstruction direct);
        Check(viaZlib == plain, "the codec and the reader disagree");
        if (!plain)
        {
            return;
        }

        Check(Same(read, direct), "compression changed the instruction");
        GrowingBuffer again = new();
        direct.Write(again);
        Check(TransportInstruction.TryRead(again.Written, out TransportInstruction reread) && Same(reread, direct), "what was read is not what is written");
    }

    private static bool Same(in TransportInstruction a, in TransportInstruction b) =>
        a.Version == b.Version && a.OldNumber == b.OldNumber && a.NewNumber == b.NewNumber && a.AckNumber == b.AckNumber
        && a.ThrowawayNumber == b.ThrowawayNumber && a.Diff.SequenceEqual(b.Diff) && a.Chaff.SequenceEqual(b.Chaff)
        && a.HasReport == b.HasReport && a.ReportReceived == b.ReportReceived && a.ReportHighest == b.ReportHighest;

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
