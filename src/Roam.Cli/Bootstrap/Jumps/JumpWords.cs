using System.Buffers;
using System.Globalization;

namespace Roam.Cli;

/// <summary>The words of an ssh to a jump host, made of the user's words for the host behind it.</summary>
internal static class JumpWords
{
    /// <summary>ssh's options that take a value (ssh(1), SYNOPSIS).</summary>
    private static readonly SearchValues<char> ValueLetters = SearchValues.Create("BbcDEeFIiJLlmOoPpQRSWw");

    /// <summary>
    /// The program, and -F: that is what ssh itself hands on to the ssh that it starts for a jump. Everything else on the command line is meant for the last host
    /// (ssh(1), -J).
    /// </summary>
    public static List<string> Own(IReadOnlyList<string> ssh)
    {
        List<string> words = [.. ssh.TakeWhile(w => !w.StartsWith('-'))];
        for (int i = words.Count; i < ssh.Count && ssh[i] is ['-', _, ..]; i++)
        {
            string word = ssh[i];
            int at = ValueAt(word);
            if (at < 0)
            {
                continue;
            }

            string? value = at < word.Length ? word[at..] : i + 1 < ssh.Count ? ssh[++i] : null;
            if (word[at - 1] == 'F' && value is not null)
            {
                words.AddRange(["-F", value]);
            }
        }

        return words;
    }

    /// <summary>Up to and with the host; nobody is there to answer a question.</summary>
    /// <param name="own">Of <see cref="Own"/>.</param>
    /// <param name="way">The jump hosts before it, if they are not what the configuration of the first says.</param>
    /// <param name="jump">The host.</param>
    /// <param name="corrections">Of <see cref="SshConfig.Corrections"/>.</param>
    public static List<string> To(IEnumerable<string> own, IReadOnlyList<JumpHost> way, JumpHost jump, IEnumerable<string> corrections) =>
        [.. own, .. Options(way, jump), .. corrections, "-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-T", jump.Host];

    /// <summary>As `ssh -G` is to be asked.</summary>
    public static List<string> Question(IEnumerable<string> own, IReadOnlyList<JumpHost> way, JumpHost jump) => [.. own, .. Options(way, jump)];

    private static List<string> Options(IReadOnlyList<JumpHost> way, JumpHost jump)
    {
        List<string> words = [];
        if (jump.User is { } user)
        {
            words.AddRange(["-l", user]);
        }

        if (jump.Port is { } port)
        {
            words.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        }

        if (way.Count > 0)
        {
            words.AddRange(["-J", string.Join(',', way)]);
        }

        return words;
    }

    /// <summary>Where the value of the word's last letter begins, which may be the word's end; -1: no letter of it takes one.</summary>
    private static int ValueAt(string word)
    {
        int letter = word.AsSpan(1).IndexOfAny(ValueLetters);
        return letter < 0 ? -1 : letter + 2;
    }
}
