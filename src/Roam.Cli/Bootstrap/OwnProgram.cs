namespace Roam.Cli;

/// <summary>How this program starts itself under another name.</summary>
internal static class OwnProgram
{
    public static string Path => Environment.ProcessPath ?? "/proc/self/exe";

    /// <summary>The link beside the program, so that ps and pkill see the name that users know; without the link, the program and its first word.</summary>
    public static string[] Named(string linkName, string firstWord)
    {
        string link = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path) ?? "/", linkName);
        return File.Exists(link) ? [link] : [Path, firstWord];
    }
}
