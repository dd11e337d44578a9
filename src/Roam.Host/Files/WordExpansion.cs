using System.Text;

namespace Roam.Host;

/// <summary>What the far side's shell would make of a path: ~ and patterns. Our own program does it, so nothing in a name is ever run.</summary>
internal static class WordExpansion
{
    /// <summary>A pattern that fits more files than this is cut; the note says so.</summary>
    public const int MatchesMax = 1_000_000;

    /// <summary>~ and ~/path: the user's home. An empty word is the home, too, where we are started. ~name is looked up in /etc/passwd.</summary>
    public static byte[] Home(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty)
        {
            return "."u8.ToArray();
        }

        if (word[0] != (byte)'~')
        {
            return word.ToArray();
        }

        int slash = word.IndexOf((byte)'/');
        ReadOnlySpan<byte> name = slash < 0 ? word[1..] : word[1..slash];
        string? home = name.IsEmpty ? ProcessEnvironment.Get("HOME") ?? Passwd.OfCurrentUser()?.Home : Passwd.OfName(Encoding.UTF8.GetString(name))?.Home;
        return home is null ? word.ToArray() : [.. Encoding.UTF8.GetBytes(home), .. slash < 0 ? default : word[slash..]];
    }

    /// <summary>The files that a word stands for, in the order of their bytes; itself when it is no pattern or nothing fits, as a shell has it.</summary>
    public static List<byte[]> Expand(FileSystem files, ReadOnlySpan<byte> word)
    {
        if (!NameRules.IsPattern(word))
        {
            return [word.ToArray()];
        }

        List<byte[]> found = [word[0] == (byte)'/' ? "/"u8.ToArray() : []];
        ReadOnlySpan<byte> rest = word.TrimStart((byte)'/');
        while (!rest.IsEmpty && found.Count > 0)
        {
            int slash = rest.IndexOf((byte)'/');
            ReadOnlySpan<byte> component = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? default : rest[slash..].TrimStart((byte)'/');
            found = Step(files, found, component, isLast: rest.IsEmpty);
        }

        if (found.Count == 0)
        {
            return [files.Stat(FileSystem.Here, word, follow: false, out _) == 0 ? word.ToArray() : NameRules.Unescape(word)];
        }

        found.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        return found;
    }

    private static List<byte[]> Step(FileSystem files, List<byte[]> folders, ReadOnlySpan<byte> component, bool isLast)
    {
        List<byte[]> found = [];
        bool isPattern = NameRules.IsPattern(component);
        foreach (byte[] folder in folders)
        {
            if (!isPattern)
            {
                byte[] path = NameRules.Join(folder, component);
                if (!isLast || files.Stat(FileSystem.Here, path, follow: false, out _) == 0)
                {
                    found.Add(path);
                }

                continue;
            }

            using DirectoryEntries? entries = files.List(folder.Length == 0 ? "."u8 : folder, out _);
            while (found.Count < MatchesMax && entries?.Next() is { } name)
            {
                if (NameRules.Matches(component, name))
                {
                    found.Add(NameRules.Join(folder, name));
                }
            }
        }

        return found;
    }
}
