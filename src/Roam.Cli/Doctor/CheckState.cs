namespace Roam.Cli;

internal enum CheckState
{
    Ok,

    /// <summary>A session will work, less well than it could.</summary>
    Warning,

    /// <summary>A session will not work, or not as asked.</summary>
    Failed,

    /// <summary>Could not be looked at.</summary>
    Skipped,
}
