namespace Roam.Cli;

/// <summary>
/// The command line of `mosh`. Options may stand before and after the host, long names may be cut as long as they stay unique, "--" ends the options
/// (an option of the remote command needs it: `mosh host -- ls -l`). One more form than mosh's own reads: -p60001:60010.
/// </summary>
internal static class MoshArguments
{
    private const string CommandHint = " (an option of the remote command? Put -- before the command)";

    private static readonly string[] LongNames =
    [
        "client", "server", "predict", "predict-overwrite", "family", "port", "bind-server", "ssh", "ssh-pty", "no-ssh-pty", "init", "no-init", "local",
        "experimental-remote-ip", "fake-proxy", "help", "version",
    ];

    /// <summary>False: the error is for the user, and the usage text should follow.</summary>
    public static bool TryParse(string[] arguments, out WrapperOptions options, out string error)
    {
        options = new WrapperOptions { Typed = arguments, MoshServerOnly = true, ProgramName = "mosh" };
        List<string> words = [];
        error = "";
        for (int i = 0; i < arguments.Length; i++)
        {
            string word = arguments[i];
            if (word == "--")
            {
                words.AddRange(arguments[(i + 1)..]);
                break;
            }

            bool good = true;
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                good = TryLong(word[2..], arguments, ref i, options, out error);
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                good = TryShort(word, arguments, ref i, options, out error);
            }
            else
            {
                words.Add(word);
            }

            if (!good)
            {
                error += words.Count > 0 && error.StartsWith("unknown option", StringComparison.Ordinal) ? CommandHint : "";
                return false;
            }
        }

        options.Host = words.Count > 0 ? words[0] : null;
        options.Command = words.Count > 1 ? [.. words.Skip(1)] : [];
        return true;
    }

    private static bool TryShort(string word, string[] arguments, ref int i, WrapperOptions options, out string error)
    {
        error = "";
        for (int at = 1; at < word.Length; at++)
        {
            switch (word[at])
            {
                case 'a':
                    options.Prediction = Terminal.PredictionMode.Always;
                    break;
                case 'n':
                    options.Prediction = Terminal.PredictionMode.Never;
                    break;
                case 'o':
                    options.PredictOverwrite = true;
                    break;
                case '4':
                    options.Family = Host.FamilyPreference.InetOnly;
                    break;
                case '6':
                    options.Family = Host.FamilyPreference.Inet6Only;
                    break;
                case 'h':
                    options.ShowHelp = true;
                    break;
                case 'p':
                    string attached = word[(at + 1)..].TrimStart('=');
                    return TryValue("p", attached.Length > 0 ? attached : null, arguments, ref i, out string value, out error)
                        && TrySetValue("port", value, options, out error);
                default:
                    error = $"unknown option {(at == 1 ? word : "-" + word[at])}";
                    return false;
            }
        }

        return true;
    }

    private static bool TryLong(string text, string[] arguments, ref int i, WrapperOptions options, out string error)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string typed = equals < 0 ? text : text[..equals];
        string? attached = equals < 0 ? null : text[(equals + 1)..];
        if (!TryFullName(typed, out string name, out error))
        {
            return false;
        }

        if (TrySetFlag(name, options))
        {
            error = attached is null ? "" : $"option --{name} takes no value";
            return attached is null;
        }

        return TryValue("-" + name, attached, arguments, ref i, out string value, out error) && TrySetValue(name, value, options, out error);
    }

    private static bool TryFullName(string typed, out string name, out string error)
    {
        error = "";
        name = typed;
        if (Array.IndexOf(LongNames, typed) >= 0)
        {
            return true;
        }

        string[] candidates = [.. LongNames.Where(n => typed.Length > 0 && n.StartsWith(typed, StringComparison.Ordinal))];
        if (candidates.Length == 1)
        {
            name = candidates[0];
            return true;
        }

        error = candidates.Length == 0 ? $"unknown option --{typed}{Suggestion.For(typed, LongNames)}" : $"option --{typed} is ambiguous: {string.Join(", ", candidates.Select(c => "--" + c))}";
        return false;
    }

    private static bool TryValue(string name, string? attached, string[] arguments, ref int i, out string value, out string error)
    {
        error = "";
        value = attached ?? "";
        if (attached is not null)
        {
            return true;
        }

        if (i + 1 >= arguments.Length)
        {
            error = $"option -{name} needs a value";
            return false;
        }

        value = arguments[++i];
        return true;
    }

    private static bool TrySetFlag(string name, WrapperOptions options)
    {
        switch (name)
        {
            case "predict-overwrite":
                options.PredictOverwrite = true;
                return true;
            case "ssh-pty":
            case "no-ssh-pty":
                options.SshPty = name == "ssh-pty";
                return true;
            case "init":
            case "no-init":
                options.InitializeTerminal = name == "init";
                return true;
            case "local":
                options.Local = true;
                return true;
            case "fake-proxy":
                options.FakeProxy = true;
                return true;
            case "help":
                options.ShowHelp = true;
                return true;
            case "version":
                options.ShowVersion = true;
                return true;
            default:
                return false;
        }
    }

    private static bool TrySetValue(string name, string value, WrapperOptions options, out string error)
    {
        error = "";
        bool good = true;
        switch (name)
        {
            case "client":
                options.ClientPath = value;
                break;
            case "server":
                options.ServerCommandLine = value;
                break;
            case "ssh":
                options.SshCommandLine = value;
                break;
            case "predict":
                good = OptionValues.TryParsePrediction(value, out Terminal.PredictionMode mode, out error);
                options.Prediction = mode;
                break;
            case "family":
                good = OptionValues.TryParseFamily(value, out Host.FamilyPreference family, out error);
                options.Family = family;
                break;
            case "port":
                good = OptionValues.TryParsePort(value, out PortRange range, out error);
                options.Port = range;
                break;
            case "bind-server":
                good = OptionValues.TryParseBindServer(value, out error);
                options.BindServer = value;
                break;
            case "experimental-remote-ip":
                good = OptionValues.TryParseRemoteIp(value, out RemoteIpSource source, out error);
                options.RemoteIp = source;
                break;
        }

        return good;
    }
}
