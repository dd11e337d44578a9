namespace Roam.Cli;

/// <summary>What became of a line that ssh or the server printed.</summary>
internal enum BootstrapLine
{
    /// <summary>Not ours: for the user's eyes.</summary>
    Show,

    /// <summary>Ours, remembered.</summary>
    Taken,

    /// <summary>The server's port and key: the end of ssh's part.</summary>
    Connected,

    /// <summary>Begins like ours and is not: nothing can be trusted any more.</summary>
    Refused,
}
