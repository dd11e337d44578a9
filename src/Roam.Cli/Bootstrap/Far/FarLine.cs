namespace Roam.Cli;

/// <summary>What became of a line of the far side.</summary>
internal enum FarLine
{
    /// <summary>Not ours: for the user's eyes.</summary>
    Show,

    /// <summary>Ours, remembered.</summary>
    Taken,

    /// <summary>Something to tell the user: <see cref="FarReader.Text"/>.</summary>
    Note,

    /// <summary>The script waits for an answer: there is no usable Roam.</summary>
    Need,

    /// <summary>What was sent could not be used: <see cref="FarReader.FailedStep"/>.</summary>
    Failed,

    /// <summary>The line that was waited for: nothing that follows is ours to read.</summary>
    End,

    /// <summary>Begins like ours and is not: nothing can be trusted any more.</summary>
    Refused,
}
