namespace Roam.Host;

/// <summary>What the system says of a file.</summary>
/// <param name="Mode">Type and permissions, as st_mode.</param>
/// <param name="Size">In bytes.</param>
/// <param name="AllocatedBytes">On disk; fewer than the size: there are holes.</param>
/// <param name="Times">Of access and of modification.</param>
/// <param name="Identity">Which file it is, whatever its name.</param>
/// <param name="UserId">Of the owner.</param>
/// <param name="GroupId">Of the group.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="ChangedNanos">When the inode was changed last, to see a change behind our back.</param>
internal readonly record struct FileStatus(
    uint Mode,
    long Size,
    long AllocatedBytes,
    FileTimes Times,
    FileIdentity Identity,
    uint UserId,
    uint GroupId,
    uint Links,
    long ChangedNanos)
{
    private const uint TypeMask = 0xF000;
    private const uint DirectoryType = 0x4000;
    private const uint RegularType = 0x8000;
    private const uint LinkType = 0xA000;
    private const uint CharacterType = 0x2000;
    private const uint PipeType = 0x1000;

    public bool IsDirectory => (Mode & TypeMask) == DirectoryType;

    public bool IsRegular => (Mode & TypeMask) == RegularType;

    public bool IsLink => (Mode & TypeMask) == LinkType;

    /// <summary>A device or a pipe that bytes can be poured into.</summary>
    public bool IsStream => (Mode & TypeMask) is CharacterType or PipeType;

    public uint Permissions => Mode & 0xFFF;

    public bool IsSparse => AllocatedBytes < Size;
}
