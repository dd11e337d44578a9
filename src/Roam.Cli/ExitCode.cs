namespace Roam.Cli;

/// <summary>What the commands return to the shell. A session's own code is the client's: its program's; 0 under mosh's name.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>`roam` called with options it does not understand.</summary>
    public const int Usage = 2;

    /// <summary>A shell's code for "command not found", also ours when the far side has no server.</summary>
    public const int ServerNotFound = 127;

    /// <summary>What is not a command's own code, when it runs without a terminal: ssh's.</summary>
    public const int SshFailure = 255;

    /// <summary>`mosh` called wrongly, and ssh's own code for a failed connection.</summary>
    public const int WrapperUsage = 255;
}
