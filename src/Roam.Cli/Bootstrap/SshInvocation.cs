namespace Roam.Cli;

/// <summary>The words that start ssh for a session.</summary>
internal static class SshInvocation
{
    /// <summary>Null: --ssh cannot be split into words. host is what ssh is given: the user's word, or an address that was resolved here.</summary>
    public static List<string>? Build(WrapperOptions options, string host, string serverCommand, IReadOnlyList<string> ownWords)
    {
        if (!ShellWords.TrySplit(options.SshCommandLine, out List<string> words) || words.Count == 0)
        {
            return null;
        }

        words.AddRange(options.SshWords);
        words.Add("-n"); // The terminal's input belongs to the session that follows.
        if (options.SshPty)
        {
            words.Add("-tt"); // Some shells' start files want a terminal, and sudo in --server does.
        }

        if (options.RemoteIp == RemoteIpSource.Proxy)
        {
            // A shared connection (ControlMaster) would make no new TCP connection and tell no address.
            words.AddRange(["-S", "none", "-o", "ProxyCommand=" + ProxyCommand(options, ownWords)]);
        }

        if (options.JumpHosts is { } hosts)
        {
            words.AddRange(["-J", hosts]);
        }

        words.AddRange([host, "--", serverCommand]);
        return words;
    }

    /// <summary>
    /// ssh as the user knows it, without a host: the words of --ssh, what was given for ssh, and -J, no more. Null: --ssh cannot be split into words. The automatic way adds -T, the host and the
    /// far side's script; `relay --find` gets these words as they are.
    /// </summary>
    public static List<string>? OwnWords(WrapperOptions options)
    {
        if (!ShellWords.TrySplit(options.SshCommandLine, out List<string> words) || words.Count == 0)
        {
            return null;
        }

        words.AddRange(options.SshWords);
        if (options.JumpHosts is { } hosts)
        {
            words.AddRange(["-J", hosts]);
        }

        return words;
    }

    /// <summary>ssh gives it to the user's shell and replaces %h and %p itself, so a percent sign of our own is doubled.</summary>
    private static string ProxyCommand(WrapperOptions options, IReadOnlyList<string> ownWords)
    {
        string self = ShellWords.QuoteAll([.. ownWords, "--family=" + OptionValues.FamilyName(options.Family)]);
        return self.Replace("%", "%%", StringComparison.Ordinal) + " --fake-proxy -- %h %p";
    }
}
