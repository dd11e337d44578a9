namespace Roam.Transport;

/// <summary>Why a stream was not served; the numbers of docs/protocol.md, section 8. A text says more.</summary>
public enum StreamRefusal
{
    Unknown = 0,

    /// <summary>By a rule of that host.</summary>
    Forbidden = 1,

    /// <summary>The connection, or the listener, could not be made.</summary>
    Failed = 2,

    /// <summary>A limit is reached.</summary>
    TooMany = 3,

    /// <summary>Nothing there serves the kind.</summary>
    Unserved = 4,
}
