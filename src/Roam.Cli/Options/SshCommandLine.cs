namespace Roam.Cli;

/// <summary>
/// The command line of `roam ssh`, which is ssh's (ssh(1), OpenSSH 10): every option means there what it means to ssh. It is said again in the words of `roam`. What is about ssh
/// itself and no session (a master, a query, a tunnel of ssh's own) is left to ssh.
/// </summary>
internal static class SshCommandLine
{
    /// <summary>The name of a link that is `roam ssh` in one word, for programs that take no more: scp -S, sftp -S.</summary>
    public const string LinkName = "roam-ssh";

    private const string WithValue = "bBcDeEFiIJlLmoOpPQRSwW";
    private const string Flags = "1246AaCfGgKkMNnqsTtVvXxYy";

    /// <summary>These ask ssh for something else than a command or a shell.</summary>
    private const string OnlySsh = "GVQOWwNfM";

    /// <summary>What `roam` has under the same letter with the same meaning.</summary>
    private const string Ours = "TtsqALRD46";

    /// <summary>Null: error says why. Empty: the words are for ssh itself.</summary>
    public static List<string>? Translate(string[] arguments, out string error)
    {
        List<string> words = [SshOptions.AsSshOption];
        error = "";
        string? host = null;
        bool isForSsh = false;
        int at = 0;
        for (; at < arguments.Length; at++)
        {
            string word = arguments[at];
            if (word is ['-', not '-', ..])
            {
                if (!TryCluster(arguments, ref at, words, ref isForSsh, out error))
                {
                    return null;
                }
            }
            else if (word == "--" && host is null)
            {
                // As getopt: the host follows, and options may follow the host.
                continue;
            }
            else if (word == "--")
            {
                at++;
                break;
            }
            else if (host is null)
            {
                host = word;
            }
            else
            {
                break;
            }
        }

        if (isForSsh || host is null)
        {
            // ssh tells its usage better than we could.
            return [];
        }

        if (host.StartsWith("ssh://", StringComparison.Ordinal) && !TryTakeUri(ref host, words))
        {
            error = $"bad URI {host}";
            return null;
        }

        return [.. words, "--", host, .. arguments[at..]];
    }

    private static bool TryCluster(string[] arguments, ref int at, List<string> words, ref bool isForSsh, out string error)
    {
        error = "";
        string word = arguments[at];
        for (int i = 1; i < word.Length; i++)
        {
            char letter = word[i];
            string value = "";
            bool takesValue = WithValue.Contains(letter, StringComparison.Ordinal);
            if (takesValue)
            {
                if (i + 1 == word.Length && at + 1 == arguments.Length)
                {
                    error = $"option -{letter} needs a value";
                    return false;
                }

                value = i + 1 < word.Length ? word[(i + 1)..] : arguments[++at];
                i = word.Length;
            }
            else if (!Flags.Contains(letter, StringComparison.Ordinal))
            {
                error = $"unknown option -{letter}";
                return false;
            }

            isForSsh |= OnlySsh.Contains(letter, StringComparison.Ordinal);
            words.AddRange(Said(letter, takesValue, value));
        }

        return true;
    }

    private static IEnumerable<string> Said(char letter, bool takesValue, string value) => letter switch
    {
        'n' => [SshOptions.NoInputOption],
        'a' => SshOptions.WordsFor("-o", "ForwardAgent=no"),
        'e' or 'g' => [],
        _ when Ours.Contains(letter, StringComparison.Ordinal) => takesValue ? [$"-{letter}", value] : [$"-{letter}"],
        _ => takesValue ? SshOptions.WordsFor($"-{letter}", value) : SshOptions.WordsFor($"-{letter}"),
    };

    /// <summary>ssh://[user@]host[:port]</summary>
    private static bool TryTakeUri(ref string uri, List<string> words)
    {
        string text = uri["ssh://".Length..].TrimEnd('/');
        int colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf(']'))
        {
            if (!ushort.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ushort port) || port == 0)
            {
                return false;
            }

            words.AddRange(SshOptions.WordsFor("-p", text[(colon + 1)..]));
            text = text[..colon];
        }

        uri = text.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        return uri.Length > 0;
    }
}
