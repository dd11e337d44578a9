namespace Roam.Host;

/// <summary>Announced, and waiting for its turn: a file, or (without a path) the end of a directory.</summary>
internal sealed record SourceItem(long Id, byte[]? Path, BlockPlan Plan)
{
    public bool IsFolderEnd => Path is null;
}
