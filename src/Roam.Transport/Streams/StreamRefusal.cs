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

    /// <summary>As <see cref="Failed"/>: nobody listens at that place.</summary>
    Refused = 5,

    /// <summary>As <see cref="Failed"/>: there is no way to that host, or no answer from it.</summary>
    Unreachable = 6,

    /// <summary>As <see cref="Failed"/>: the name of the host is not known.</summary>
    UnknownName = 7,
}
