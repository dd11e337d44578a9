using System.CommandLine;

namespace Roam.Cli;

/// <summary>
/// What `roam` understands of ssh's own options, so that it can stand where a program expects ssh (docs/commands.md). What concerns the login alone is handed to the ssh that logs in.
/// `roam ssh` has all of them (<see cref="SshCommandLine"/>), and gives them to `roam` by the hidden ones here.
/// </summary>
internal sealed class SshOptions
{
    public const string WordOption = "--ssh-word";
    public const string AsSshOption = "--as-ssh";
    public const string NoInputOption = "--no-input";

    /// <summary>The value of -o begins so: KEY=VALUE, or KEY VALUE in one word.</summary>
    private const string KeyOption = "-o";

    private readonly Option<bool> _noTerminal = new("-T") { Description = "No terminal: the command's standard input, output and errors are roam's own, byte for byte. So it is, too, with a command when standard input or output is no terminal." };
    private readonly Option<bool> _terminal = new("-t") { Description = "A terminal for the command also where -T would be meant." };
    private readonly Option<bool> _subsystem = new("-s") { Description = "The command is the name of a subsystem: sftp." };
    private readonly Option<string?> _user = Value("-l", "USER", "The user's name there.");
    private readonly Option<string?> _identity = Value("-i", "FILE", "For ssh: a key to log in with.");
    private readonly Option<string?> _configFile = Value("-F", "FILE", "For ssh: another configuration file.");
    private readonly Option<string?> _escape = Value("-e", "CHAR", "Taken for ssh's sake; MOSH_ESCAPE_KEY sets the escape key.");
    private readonly Option<bool> _compress = new("-C") { Description = "For ssh: compress." };
    private readonly Option<bool> _quiet = new("-q") { Description = "Say nothing but errors; for ssh as well." };
    private readonly Option<bool> _noX11 = new("-x") { Description = "For ssh: no X11, which there is not anyway." };
    private readonly Option<bool> _verbose = new("-v") { Description = "For ssh: tell about the login. With --version: the Unicode tables and the runtime too." };
    private readonly Option<bool> _ask = new("-G") { Description = "What ssh's configuration says of the host, as `ssh -G`." };
    private readonly Option<string[]> _words = new(WordOption) { Hidden = true, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _asSsh = new(AsSshOption) { Hidden = true };
    private readonly Option<bool> _noInput = new(NoInputOption) { Hidden = true };

    public IEnumerable<Option> All =>
        [_noTerminal, _terminal, _subsystem, _user, _identity, _configFile, _escape, _compress, _quiet, _noX11, _verbose, _ask, _words, _asSsh, _noInput];

    /// <summary>
    /// Turns an option for ssh at that place into hidden ones of ours: -oKEY=VALUE, or -o and a word that begins as one. -o before anything else is mosh's. Answers how many words it is now; 0: it is none.
    /// </summary>
    public static int ReplaceKey(List<string> words, int at)
    {
        bool isApart = words[at] == KeyOption;
        string value = isApart ? at + 1 < words.Count ? words[at + 1] : "" : words[at].StartsWith(KeyOption, StringComparison.Ordinal) ? words[at][KeyOption.Length..] : "";
        if (!BeginsWithKey(value))
        {
            return 0;
        }

        words.RemoveRange(at, isApart ? 2 : 1);
        List<string> ours = [.. WordsFor(KeyOption, value)];
        words.InsertRange(at, ours);
        return ours.Count;
    }

    /// <summary>Words for ssh as words for `roam`.</summary>
    public static IEnumerable<string> WordsFor(params IEnumerable<string> words) => words.Select(word => $"{WordOption}={word}");

    public void Read(ParseResult result, WrapperOptions options)
    {
        options.Terminal = result.GetValue(_noTerminal) ? TerminalChoice.Never : result.GetValue(_terminal) ? TerminalChoice.Always : TerminalChoice.Auto;
        options.IsSubsystem = result.GetValue(_subsystem);
        options.IsQuiet = result.GetValue(_quiet);
        options.Verbose = result.GetValue(_verbose);
        options.AsksConfig = result.GetValue(_ask);
        options.ActsAsSsh = result.GetValue(_asSsh);
        options.NoInput = result.GetValue(_noInput);
        options.SshWords.AddRange(result.GetValue(_words) ?? []);
        AddValue(result, _user, options);
        AddValue(result, _identity, options);
        AddValue(result, _configFile, options);
        foreach (Option<bool> flag in (Option<bool>[])[_compress, _quiet, _noX11, _verbose])
        {
            if (result.GetValue(flag))
            {
                options.SshWords.Add(flag.Name);
            }
        }
    }

    private static void AddValue(ParseResult result, Option<string?> option, WrapperOptions options)
    {
        if (result.GetValue(option) is { } value)
        {
            options.SshWords.AddRange([option.Name, value]);
        }
    }

    private static bool BeginsWithKey(string text)
    {
        int length = 0;
        while (length < text.Length && char.IsAsciiLetterOrDigit(text[length]))
        {
            length++;
        }

        return length > 1 && length < text.Length && text[length] is '=' or ' ' or '\t';
    }

    private static Option<string?> Value(string name, string valueName, string description) => new(name) { HelpName = valueName, Description = description };
}
