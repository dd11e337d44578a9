namespace Roam.Transport;

/// <summary>Serialises and compresses instructions, and back. Buffers are kept and grow to what is used; the bound is InstructionBytesMax.</summary>
internal sealed class InstructionCodec(ICompressor compressor)
{
    private const int InflatedBytesFirst = 4 * 1024;

    /// <summary>deflate cannot shrink more than 1032:1, so a short input cannot ask for a large buffer (zlib's technical details).</summary>
    private const long DeflateRatioMax = 1032;

    private const int DeflateSlackBytes = 128;

    private readonly GrowingBuffer _plain = new();
    private readonly GrowingBuffer _inflated = new();

    /// <summary>False when the instruction is over the bound: nothing was written.</summary>
    internal bool Encode(in TransportInstruction instruction, GrowingBuffer destination)
    {
        destination.Clear();
        if (instruction.Diff.Length > SspLimits.DiffBytesMax)
        {
            return false;
        }

        _plain.Clear();
        instruction.Write(_plain);

        // Incompressible data: stored blocks cost 5 bytes in 16 KB, zlib-ng's fixed codes at most an eighth.
        int room = _plain.Length + (_plain.Length / 8) + DeflateSlackBytes;
        int written = compressor.Deflate(_plain.Written, destination.GetSpan(room));
        if (written < 0)
        {
            return false;
        }

        destination.Advance(written);
        return true;
    }

    /// <summary>False when malformed or over the bound. The result's views live until the next call.</summary>
    internal bool TryDecode(ReadOnlySpan<byte> compressed, out TransportInstruction instruction)
    {
        instruction = default;
        long possible = Math.Min(SspLimits.InstructionBytesMax, (compressed.Length * DeflateRatioMax) + DeflateSlackBytes);
        for (long room = InflatedBytesFirst; ; room *= 4)
        {
            room = Math.Min(room, possible);
            _inflated.Clear();
            int length = compressor.Inflate(compressed, _inflated.GetSpan((int)room)[..(int)room]);
            if (length >= 0)
            {
                _inflated.Advance(length);
                return TransportInstruction.TryRead(_inflated.Written, out instruction);
            }

            if (room == possible)
            {
                return false;
            }
        }
    }
}
