namespace Roam.Host;

/// <summary>Which names may come from a peer, and patterns of a shell. Pure.</summary>
internal static class NameRules
{
    /// <summary>One component that leads nowhere else.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= CopyLimits.NameBytesMax
        && name.IndexOfAny((byte)'/', (byte)0) < 0
        && !name.SequenceEqual("."u8)
        && !name.SequenceEqual(".."u8);

    /// <summary>What stands behind the last slash, without slashes at the end: "" for "/", and for what ends in "." or "..", which are no names.</summary>
    public static ReadOnlySpan<byte> Last(ReadOnlySpan<byte> path)
    {
        path = path.TrimEnd((byte)'/');
        ReadOnlySpan<byte> name = path[(path.LastIndexOf((byte)'/') + 1)..];
        return name.SequenceEqual("."u8) || name.SequenceEqual(".."u8) ? default : name;
    }

    /// <summary>What stands before the last name; "." when there is nothing.</summary>
    public static ReadOnlySpan<byte> Parent(ReadOnlySpan<byte> path)
    {
        path = path.TrimEnd((byte)'/');
        int slash = path.LastIndexOf((byte)'/');
        return slash < 0 ? "."u8 : slash == 0 ? "/"u8 : path[..slash];
    }

    public static byte[] Join(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || folder.IsEmpty)
        {
            return (name.IsEmpty ? folder : name).ToArray();
        }

        bool hasSlash = folder[^1] == (byte)'/';
        byte[] path = new byte[folder.Length + name.Length + (hasSlash ? 0 : 1)];
        folder.CopyTo(path);
        path[folder.Length] = (byte)'/';
        name.CopyTo(path.AsSpan(path.Length - name.Length));
        return path;
    }

    public static bool IsPattern(ReadOnlySpan<byte> word) => word.IndexOfAny("*?[\\"u8) >= 0;

    /// <summary>
    /// A shell's pattern for one component (POSIX XCU 2.13): * ? [a-z] [!a-z] and \ before a character. A leading period must be matched by one. Of UTF-8, "?" and
    /// brackets take a whole character. Linear time: only the last star is ever taken up again.
    /// </summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name)
    {
        if (name.Length > 0 && name[0] == (byte)'.' && !pattern.StartsWith("."u8) && !pattern.StartsWith("\\."u8))
        {
            return false;
        }

        int p = 0;
        int n = 0;
        int starAt = -1;
        int starName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == (byte)'*')
            {
                starAt = p++;
                starName = n;
            }
            else if (p < pattern.Length && MatchOne(pattern, ref p, name, ref n))
            {
                continue;
            }
            else if (starAt >= 0)
            {
                p = starAt + 1;
                n = ++starName;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == (byte)'*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>The word without its backslashes: what it is when it names one file.</summary>
    public static byte[] Unescape(ReadOnlySpan<byte> word)
    {
        byte[] plain = new byte[word.Length];
        int length = 0;
        for (int i = 0; i < word.Length; i++)
        {
            i += word[i] == (byte)'\\' && i + 1 < word.Length ? 1 : 0;
            plain[length++] = word[i];
        }

        return plain[..length];
    }

    private static bool MatchOne(ReadOnlySpan<byte> pattern, ref int p, ReadOnlySpan<byte> name, ref int n)
    {
        int at = p;
        int value = Character(name[n..], out int length);
        switch (pattern[at])
        {
            case (byte)'?':
                p = at + 1;
                n += length;
                return true;
            case (byte)'[' when BracketEnd(pattern, at) is var end and > 0:
                bool isNegated = pattern[at + 1] is (byte)'!' or (byte)'^';
                if (IsInBracket(pattern[(at + (isNegated ? 2 : 1))..end], value) == isNegated)
                {
                    return false;
                }

                p = end + 1;
                n += length;
                return true;
            case (byte)'\\' when at + 1 < pattern.Length:
                at++;
                break;
        }

        if (pattern[at] != name[n])
        {
            return false;
        }

        p = at + 1;
        n++;
        return true;
    }

    /// <summary>Where the bracket closes; a "]" that comes first stands for itself. 0: it does not close, and the "[" stands for itself.</summary>
    private static int BracketEnd(ReadOnlySpan<byte> pattern, int at)
    {
        int first = at + 1;
        first += first < pattern.Length && pattern[first] is (byte)'!' or (byte)'^' ? 1 : 0;
        int end = first < pattern.Length ? pattern[(first + 1)..].IndexOf((byte)']') : -1;
        return end < 0 ? 0 : first + 1 + end;
    }

    private static bool IsInBracket(ReadOnlySpan<byte> set, int value)
    {
        while (!set.IsEmpty)
        {
            int low = Character(set, out int length);
            set = set[length..];
            int high = low;
            if (set.Length > 1 && set[0] == (byte)'-')
            {
                high = Character(set[1..], out length);
                set = set[(1 + length)..];
            }

            if (value >= low && value <= high)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first character; of what is no UTF-8 one byte, with a number that no character has.</summary>
    private static int Character(ReadOnlySpan<byte> text, out int length)
    {
        if (System.Text.Rune.DecodeFromUtf8(text, out System.Text.Rune rune, out length) == System.Buffers.OperationStatus.Done)
        {
            return rune.Value;
        }

        length = 1;
        return 0x110000 + text[0];
    }
}
