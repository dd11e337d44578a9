namespace Roam.Host;

/// <summary>How bad it is. The numbers are the wire's.</summary>
public enum NoteKind
{
    /// <summary>Worth a line; the copy is as it should be.</summary>
    Note = 0,

    /// <summary>A file was not copied, or not as it should be. The others go on.</summary>
    Error = 1,

    /// <summary>Nothing goes on.</summary>
    Fatal = 2,
}
