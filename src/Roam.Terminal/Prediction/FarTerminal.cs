namespace Roam.Terminal;

/// <summary>
/// What a Roam server says of the program's terminal beside the picture, as it stood when the screen was made: the flags of the pty (termios ICANON and ECHO)
/// and which screen buffer is shown. A stock server says none of it.
/// </summary>
/// <param name="IsKnown">False: the rest means nothing.</param>
/// <param name="IsCanonical">The kernel edits lines: the program reads whole ones.</param>
/// <param name="Echoes">The kernel echoes what is typed.</param>
/// <param name="IsAlternateScreen">The program has switched to the alternate screen.</param>
public readonly record struct FarTerminal(bool IsKnown, bool IsCanonical, bool Echoes, bool IsAlternateScreen)
{
    public static readonly FarTerminal Unknown;

    /// <summary>A line is read that nobody is to see: sudo, ssh, su, passwd, getpass, read -s.</summary>
    public bool ReadsSecret => IsKnown && IsCanonical && !Echoes;
}
