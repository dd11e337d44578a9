namespace Roam.Host;

/// <summary>How a forward is.</summary>
internal enum ForwardState
{
    /// <summary>For the far end's answer, or for the connection to it.</summary>
    Waiting,

    Listening,

    /// <summary>It does not listen: <see cref="ForwardRequest.Failure"/> says why.</summary>
    Failed,

    /// <summary>It was taken away.</summary>
    Removed,
}
