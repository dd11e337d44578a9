namespace Roam.Host;

/// <summary>Into which blocks a file is cut to be compared. Both ends reckon it from the announced size.</summary>
/// <param name="Size">As announced.</param>
/// <param name="BlockBytes">Of each block but the last.</param>
internal readonly record struct BlockPlan(long Size, int BlockBytes)
{
    public static BlockPlan Of(long size)
    {
        int block = CopyLimits.ChunkBytes;
        while (block < CopyLimits.BlockBytesMax && size / block > CopyLimits.BlocksWanted)
        {
            block *= 2;
        }

        return new BlockPlan(size, block);
    }

    /// <summary>Blocks that a file of this length can be compared with: whole ones, and the last one when it has all of it.</summary>
    public long Comparable(long candidateBytes) =>
        candidateBytes >= Size ? (Size + BlockBytes - 1) / BlockBytes : candidateBytes / BlockBytes;

    /// <summary>Bytes of block number index in a file of the announced size.</summary>
    public int LengthOf(long index) => (int)Math.Min(BlockBytes, Size - (index * BlockBytes));
}
