namespace Roam.Host;

/// <summary>What was asked for. The numbers are the wire's.</summary>
[Flags]
public enum CopyFlags
{
    None = 0,
    Recursive = 1,

    /// <summary>Modes and times as they are at the source.</summary>
    Preserve = 2,

    /// <summary>Symbolic links as links; else what they lead to.</summary>
    Links = 4,

    /// <summary>The destination must be a directory: there is more to come.</summary>
    IntoDirectory = 8,

    /// <summary>The sender counts everything while it sends, for the progress bar.</summary>
    Census = 16,

    /// <summary>Source: globs and ~ are to be expanded; destination: ~ is.</summary>
    Expand = 32,
}
