namespace Roam.Cli;

/// <summary>What the commands return to the shell. A session's own code is the client's: 0 only for a clean end.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>`roam` called with options it does not understand.</summary>
    public const int Usage = 2;

    /// <summary>A shell's code for "command not found", also ours when the far side has no server.</summary>
    public const int ServerNotFound = 127;

    /// <summary>`mosh` called wrongly, and ssh's own code for a failed connection.</summary>
    public const int WrapperUsage = 255;
}
