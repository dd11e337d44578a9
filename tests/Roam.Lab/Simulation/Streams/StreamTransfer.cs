namespace Roam.Lab;

/// <summary>One direction of one stream: what is to be written, or what was read.</summary>
internal sealed class StreamTransfer
{
    public long Bytes { get; set; }

    /// <summary>To be written in all.</summary>
    public long Total { get; init; } = long.MaxValue;

    public bool IsFinished { get; set; }

    public bool IsReset { get; set; }

    /// <summary>The reader leaves its bytes alone.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Bytes in one write at most.</summary>
    public int ChunkBytes { get; init; } = 16 * 1024;
}
