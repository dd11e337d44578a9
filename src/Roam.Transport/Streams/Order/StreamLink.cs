namespace Roam.Transport;

/// <summary>A stream's place in one list.</summary>
internal struct StreamLink
{
    /// <summary>None: in no list of the kind.</summary>
    internal StreamList? List;
    internal ByteStream? Previous;
    internal ByteStream? Next;
}
