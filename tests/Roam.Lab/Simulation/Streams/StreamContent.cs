using System.Buffers.Binary;

namespace Roam.Lab;

/// <summary>The bytes of a stream, known from its id and the offset alone: so a reader can check every one without a copy.</summary>
internal static class StreamContent
{
    public static void Fill(ulong id, long offset, Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[8];
        long wordAt = -1;
        for (int i = 0; i < destination.Length; i++)
        {
            long at = offset + i;
            if (at / 8 != wordAt)
            {
                wordAt = at / 8;
                ulong mixed = ((ulong)wordAt * 0x9e3779b97f4a7c15) ^ (id * 0xbf58476d1ce4e5b9);
                BinaryPrimitives.WriteUInt64LittleEndian(word, (mixed ^ (mixed >> 29)) * 0x94d049bb133111eb);
            }

            destination[i] = word[(int)(at % 8)];
        }
    }
}
