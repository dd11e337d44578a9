namespace Roam.Host;

/// <summary>A directory on the way of the walk.</summary>
internal sealed class SourceFolder(SourceFolder? parent, byte[] path, FileIdentity identity, DirectoryEntries entries)
{
    public SourceFolder? Parent { get; } = parent;

    public byte[] Path { get; } = path;

    public FileIdentity Identity { get; } = identity;

    public DirectoryEntries Entries { get; } = entries;

    public int Depth { get; } = (parent?.Depth ?? 0) + 1;

    /// <summary>Whether a directory is this one or above it: following a symbolic link into it would never end.</summary>
    public bool IsWithin(in FileIdentity identity)
    {
        for (SourceFolder? folder = this; folder is not null; folder = folder.Parent)
        {
            if (folder.Identity == identity)
            {
                return true;
            }
        }

        return false;
    }
}
