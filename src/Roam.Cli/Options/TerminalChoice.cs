namespace Roam.Cli;

/// <summary>Whether the far side's program gets a terminal.</summary>
internal enum TerminalChoice
{
    /// <summary>With a command only when standard input and output are one here.</summary>
    Auto,

    /// <summary>-t</summary>
    Always,

    /// <summary>-T</summary>
    Never,
}
