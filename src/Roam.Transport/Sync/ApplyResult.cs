namespace Roam.Transport;

/// <summary>How a diff from the peer was taken.</summary>
public enum ApplyResult
{
    Applied,

    /// <summary>Not a well-formed message, or a field out of its range.</summary>
    Malformed,

    /// <summary>Well-formed, but no honest sender says it (an echo acknowledgement going backwards, a size over the limit).</summary>
    Refused,
}
