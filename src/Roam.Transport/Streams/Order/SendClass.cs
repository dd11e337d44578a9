namespace Roam.Transport;

/// <summary>Who goes first among streams that have something to send.</summary>
internal enum SendClass
{
    /// <summary>A channel with a little to say, that had nothing a moment ago: somebody waits for an answer.</summary>
    Sparse,

    /// <summary>Connections with much to say.</summary>
    Interactive,

    /// <summary>The output of programs without a terminal: files, mostly.</summary>
    Bulk,

    /// <summary>History and selections.</summary>
    Background,
}
