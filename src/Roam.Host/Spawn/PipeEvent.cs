namespace Roam.Host;

/// <summary>What <see cref="PipedProcess.Next"/> has to tell.</summary>
public enum PipeEvent
{
    /// <summary>A line of the standard output.</summary>
    Line,

    /// <summary>A piece of a line that is too long to be kept whole; the next line event continues it.</summary>
    Piece,

    /// <summary>A line of the standard error.</summary>
    ErrorLine,

    /// <summary>The standard input takes bytes again.</summary>
    Writable,

    /// <summary>The time is over.</summary>
    Timeout,

    /// <summary>The standard output has ended.</summary>
    Ended,
}
