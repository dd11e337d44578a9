using System.Globalization;

namespace Roam.Host;

/// <summary>Reads the terminfo entry of TERM from the file system, in the places and the order of terminfo(5).</summary>
public static class TerminalDescription
{
    // The extended number format's limit (term(5)).
    private const int EntryBytesMax = 32768;
    private const int NameCharsMax = 128;
    private static readonly string[] SystemDirectories = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo", "/usr/local/share/terminfo"];

    /// <summary>The entry's bytes; null when there is none for that name.</summary>
    public static byte[]? TryLoad(string term)
    {
        // The name becomes part of a path: a slash or a leading dot would leave the directory.
        if (term.Length is 0 or > NameCharsMax || term[0] == '.' || term.Contains('/'))
        {
            return null;
        }

        foreach (string directory in Directories())
        {
            byte[]? entry = Libc.ReadFile($"{directory}/{term[0]}/{term}", EntryBytesMax)
                ?? Libc.ReadFile(string.Create(CultureInfo.InvariantCulture, $"{directory}/{(int)term[0]:x2}/{term}"), EntryBytesMax);
            if (entry != null)
            {
                return entry;
            }
        }

        return null;
    }

    private static List<string> Directories()
    {
        List<string> directories = [];
        if (ProcessEnvironment.Get("TERMINFO") is { Length: > 0 } own)
        {
            directories.Add(own);
        }

        if (ProcessEnvironment.Get("HOME") is { Length: > 0 } home)
        {
            directories.Add(home + "/.terminfo");
        }

        // An empty element of TERMINFO_DIRS stands for the system's own place; that is searched last in any case.
        directories.AddRange((ProcessEnvironment.Get("TERMINFO_DIRS") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
        directories.AddRange(SystemDirectories);
        return directories;
    }
}
