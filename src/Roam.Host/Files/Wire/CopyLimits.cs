namespace Roam.Host;

/// <summary>Every limit of a copy, and what happens at it.</summary>
internal static class CopyLimits
{
    /// <summary>Bytes of a frame after its head. A longer one ends the copy: the peer speaks another language.</summary>
    public const int FrameBytesMax = ChunkBytes + 64;

    /// <summary>Of a file in one frame, and the smallest block that is compared.</summary>
    public const int ChunkBytes = 128 * 1024;

    /// <summary>Blocks grow with the file, so that it has at most 65,536 of them, up to this.</summary>
    public const int BlockBytesMax = 16 * 1024 * 1024;

    public const long BlocksWanted = 65536;

    /// <summary>Entries that were announced and are not done. At it the sender announces no more; a receiver that sees more ends the copy.</summary>
    public const int WindowEntries = 2048;

    /// <summary>A target of so many blocks is compared when it is announced; a larger one when its turn comes.</summary>
    public const int InlineHashes = 32;

    /// <summary>Hashes that came before the sender needed them. At it the sender reads no further from its peer.</summary>
    public const int HashesAheadMax = 4096;

    /// <summary>A smaller file leaves nothing behind when it is interrupted: sending it again costs less than comparing.</summary>
    public const int PartBytesMin = 1024 * 1024;

    /// <summary>Small new files that are brought to the disk one by one. Beyond it the whole file system is, once, at the end: that waits for everybody's data, but not a disk's turn for each file.</summary>
    public const int SyncsOfSmallFiles = 16;

    /// <summary>Folders in folders. Beyond it a folder is refused, with a note.</summary>
    public const int DepthMax = 250;

    /// <summary>Bytes before the far side's first line: a login script that talks. Beyond it the far side counts as something else.</summary>
    public const int NoiseBytesMax = 64 * 1024;

    /// <summary>Bytes that wait between a descriptor and us. At it the faster side waits.</summary>
    public const int RingBytes = 1024 * 1024;

    /// <summary>What a receiver may have to say while its peer does not listen. At it the receiver waits, too.</summary>
    public const int RingBytesMax = 64 * 1024 * 1024;

    /// <summary>Words of one command line.</summary>
    public const int SourcesMax = 100_000;

    public const int NameBytesMax = 255;

    public const int TextBytesMax = 512;
}
