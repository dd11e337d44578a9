namespace Roam.Cli;

/// <summary>The command line of `mosh-client`: `[-# ARGS] IP PORT`, or -c. ARGS is there for ps and `roam forward` to show.</summary>
internal sealed class ClientArguments
{
    public const string Usage = "Usage: mosh-client [-v] [-# 'ARGS'] IP PORT\n       mosh-client -c\n";

    public string Address { get; private set; } = "";

    public int Port { get; private set; }

    public int Verbosity { get; private set; }

    /// <summary>-#: the words that the wrapper was called with; empty: not said.</summary>
    public string Typed { get; private set; } = "";

    /// <summary>-c: print the terminal's number of colours.</summary>
    public bool ShowColorCount { get; private set; }

    public bool ShowHelp { get; private set; }

    public bool ShowVersion { get; private set; }

    /// <summary>False: the error is for the user, and the usage text should follow.</summary>
    public static bool TryParse(string[] arguments, out ClientArguments parsed, out string error)
    {
        parsed = new ClientArguments();
        error = "";
        List<string> words = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            string word = arguments[i];
            if (word == "--")
            {
                words.AddRange(arguments[(i + 1)..]);
                break;
            }

            // mosh joins "-#" and its text into one word; a separate word is read as well.
            if (word.StartsWith("-#", StringComparison.Ordinal))
            {
                string text = word.Length > 2 ? word[2..] : i + 1 < arguments.Length ? arguments[++i] : "";
                parsed.Typed = text.Trim(' ', '|');
            }
            else if (word.Length < 2 || word[0] != '-')
            {
                words.Add(word);
            }
            else if (!parsed.TrySetFlag(word))
            {
                error = $"unknown option {word}";
                return false;
            }
        }

        if (parsed.ShowHelp || parsed.ShowVersion || parsed.ShowColorCount)
        {
            return true;
        }

        return parsed.TrySetTarget(words, out error);
    }

    private bool TrySetFlag(string word)
    {
        switch (word)
        {
            case "-c":
                ShowColorCount = true;
                return true;
            case "-v" or "-vv" or "-vvv":
                Verbosity += word.Length - 1;
                return true;
            case "--help" or "-h":
                ShowHelp = true;
                return true;
            case "--version":
                ShowVersion = true;
                return true;
            default:
                return false;
        }
    }

    private bool TrySetTarget(List<string> words, out string error)
    {
        if (words.Count != 2)
        {
            error = words.Count < 2 ? "an address and a port are needed" : "too many arguments";
            return false;
        }

        Address = words[0];
        bool good = PortRange.TryParsePort(words[1], out int port, out _) && port > 0;
        Port = port;
        error = good ? "" : $"Bad UDP port ({words[1]})";
        return good;
    }
}
