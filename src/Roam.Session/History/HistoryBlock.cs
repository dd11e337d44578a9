using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// What a history stream is made of (docs/protocol.md, "History"): blocks one after another, of RFC 9000's variable-length integers and bytes.
/// Lines: number of the first, how many, length of their records, length of the zlib stream that holds them. A gap: number of the first line that is missing, 0, how many are.
/// </summary>
internal static class HistoryBlock
{
    /// <summary>Records of one block together, before compression. The largest record is below.</summary>
    public const int RecordBytesMax = 48 * 1024;

    /// <summary>Four numbers.</summary>
    public const int HeadBytesMax = 4 * VarInt.BytesMax;

    /// <summary>What zlib may add to what does not compress is far below.</summary>
    public const int PackingSlackBytes = 1024;

    public const int PackedBytesMax = RecordBytesMax + PackingSlackBytes;

    public static int WriteGap(Span<byte> destination, ulong first, ulong count)
    {
        int length = VarInt.Write(destination, first);
        length += VarInt.Write(destination[length..], 0);
        return length + VarInt.Write(destination[length..], count);
    }

    /// <summary>The head of a block whose zlib stream is appended by the caller.</summary>
    public static int WriteHead(Span<byte> destination, ulong first, int count, int recordBytes, int packedBytes)
    {
        int length = VarInt.Write(destination, first);
        length += VarInt.Write(destination[length..], (ulong)count);
        length += VarInt.Write(destination[length..], (ulong)recordBytes);
        return length + VarInt.Write(destination[length..], (ulong)packedBytes);
    }

    /// <summary>
    /// Takes the block at the front of what has come into the waiting lines. Returns its length; 0: it is not all there yet; -1: no honest server sends that.
    /// </summary>
    /// <param name="source">What has come.</param>
    /// <param name="scratch">At least <see cref="RecordBytesMax"/> long.</param>
    /// <param name="compressor">Unpacks it.</param>
    /// <param name="pending">Where its lines go.</param>
    public static int Take(ReadOnlySpan<byte> source, Span<byte> scratch, ICompressor compressor, PendingHistory pending)
    {
        ReadOnlySpan<byte> rest = source;
        if (!VarInt.TryRead(ref rest, out ulong first) || !VarInt.TryRead(ref rest, out ulong count) || !VarInt.TryRead(ref rest, out ulong bytes))
        {
            return 0;
        }

        if (count == 0)
        {
            pending.AppendGap(first, bytes);
            return source.Length - rest.Length;
        }

        if (!VarInt.TryRead(ref rest, out ulong packed))
        {
            return 0;
        }

        if (bytes is 0 or > RecordBytesMax || packed is 0 or > PackedBytesMax)
        {
            return -1;
        }

        if ((ulong)rest.Length < packed)
        {
            return 0;
        }

        Span<byte> records = scratch[..(int)bytes];
        if (compressor.Inflate(rest[..(int)packed], records) != records.Length || !pending.Append(first, records))
        {
            return -1;
        }

        return source.Length - rest.Length + (int)packed;
    }
}
