namespace Roam.Host;

/// <summary>What has become of a <see cref="ForwardRequest"/>.</summary>
internal enum ForwardState
{
    /// <summary>For a name, or for the other end.</summary>
    Waiting,
    Listening,
    Failed,

    /// <summary>By the user.</summary>
    Removed,
}
