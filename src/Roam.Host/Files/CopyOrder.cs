namespace Roam.Host;

/// <summary>One transfer: files of one place to another.</summary>
public sealed class CopyOrder
{
    /// <summary>As the user wrote them, of one host.</summary>
    public required IReadOnlyList<byte[]> Sources { get; init; }

    public required byte[] Destination { get; init; }

    public CopyFlags Flags { get; init; }

    /// <summary>What starts `far files` where the sources are; null: they are here.</summary>
    public IReadOnlyList<string>? SourceCommand { get; init; }

    /// <summary>What starts `far files` where they go; null: that is here.</summary>
    public IReadOnlyList<string>? TargetCommand { get; init; }

    /// <summary>0: as fast as it goes.</summary>
    public long BytesPerSecond { get; init; }
}
