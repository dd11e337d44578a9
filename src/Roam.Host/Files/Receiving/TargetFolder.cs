namespace Roam.Host;

/// <summary>A directory that the sender has entered.</summary>
internal sealed class TargetFolder(TargetFolder? parent, byte[] name)
{
    /// <summary>Null: the directory that all is put into, which the user named.</summary>
    public TargetFolder? Parent { get; } = parent;

    public byte[] Name { get; } = name;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public uint Mode { get; init; }

    public FileTimes Times { get; init; }

    /// <summary>We made it: its mode is ours to set.</summary>
    public bool IsNew { get; init; }

    /// <summary>It could not be made, which was said; what is in it is refused without a word.</summary>
    public bool IsBroken { get; init; }
}
