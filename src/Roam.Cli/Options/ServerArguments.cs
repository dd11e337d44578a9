using System.Globalization;
using System.Net;
using Roam.Host;

namespace Roam.Cli;

/// <summary>The command line of `mosh-server`: `new [options] [-- COMMAND...]`, or the old form `[IP [PORT]]`.</summary>
internal sealed class ServerArguments
{
    public const string Usage = "Usage: {0} new [-s] [-v] [-i LOCALADDR] [-p PORT[:PORT2]] [-c COLORS] [-l NAME=VALUE] [--allow-screen-reports] [--allow-clipboard-query] [--history-lines=N] [--port N] [--agent] [--forbid=WHAT] [--policy FILE] [--pipes [--subsystem]] [-- COMMAND...]";

    public const string PipesOption = "--pipes";
    public const string SubsystemOption = "--subsystem";

    private const string SharedPortOption = "--port";
    private const string HistoryLinesOption = "--history-lines";

    private const string AgentOption = "--agent";
    private const string ForbidOption = "--forbid";
    private const string PolicyOption = "--policy";

    /// <summary>More -l than any wrapper sends (12 LC_ names and LANG); the rest is ignored.</summary>
    private const int LocaleValuesMax = 64;

    /// <summary>More words of complaint than anybody reads; the rest is dropped.</summary>
    private const int ComplaintsMax = 8;

    /// <summary>-s: bind to the address that ssh's client connected to.</summary>
    public bool BindToSshAddress { get; private set; }

    /// <summary>-i; null: any.</summary>
    public string? BindAddress { get; private set; }

    public PortRange Ports { get; private set; } = PortRange.Default;

    /// <summary>-p was there.</summary>
    public bool PortsAreGiven { get; private set; }

    /// <summary>--port: a UDP port that all sessions of the user share; null: not said.</summary>
    public int? SharedPort { get; private set; }

    /// <summary>-c; 0: not said, eight colours as mosh assumes.</summary>
    public int ColorCount { get; private set; }

    public int Verbosity { get; private set; }

    /// <summary>--allow-screen-reports: a program may ask what is on the screen.</summary>
    public bool AllowScreenReports { get; private set; }

    /// <summary>--allow-clipboard-query: a program may ask for what programs of the session put on the clipboard.</summary>
    public bool AllowClipboardQuery { get; private set; }

    /// <summary>--pipes: the command runs without a terminal.</summary>
    public bool UsesPipes { get; private set; }

    /// <summary>--subsystem: the command is the name of a subsystem.</summary>
    public bool IsSubsystem { get; private set; }

    /// <summary>--history-lines; null: not said.</summary>
    public int? HistoryLines { get; private set; }

    /// <summary>--agent: the client lends its agent to the session's programs.</summary>
    public bool HasAgent { get; private set; }

    /// <summary>--forbid: names with commas between; empty: not said.</summary>
    public string Forbidden { get; private set; } = "";

    /// <summary>--policy: a file beside the administrator's; null: none.</summary>
    public string? PolicyPath { get; private set; }

    /// <summary>-l, as they came.</summary>
    public List<string> LocaleValues { get; } = [];

    public string[] Command { get; private set; } = [];

    public bool ShowHelp { get; private set; }

    public bool ShowVersion { get; private set; }

    /// <summary>What was not understood and is ignored: told, together with the usage, and the session starts all the same (newer clients may ask for more).</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>False: error says why nothing can be started.</summary>
    public static bool TryParse(string[] arguments, out ServerArguments parsed, out string error)
    {
        parsed = new ServerArguments();
        string first = arguments.Length > 0 ? arguments[0] : "";
        parsed.ShowHelp = first is "--help" or "-h" or "-?";
        parsed.ShowVersion = first is "--version" or "-V";
        if (parsed.ShowHelp || parsed.ShowVersion)
        {
            error = "";
            return true;
        }

        return first == "new" ? parsed.TryParseNew(arguments, out error) : parsed.TryParseOldForm(arguments, out error);
    }

    private bool TryParseOldForm(string[] arguments, out string error)
    {
        error = arguments.Length > 2 ? "too many arguments" : "";
        BindAddress = arguments.Length > 0 ? arguments[0] : null;
        return error.Length == 0 && (arguments.Length < 2 || TrySetPorts(arguments[1], out error));
    }

    private bool TryParseNew(string[] arguments, out string error)
    {
        error = "";
        List<string> words = [];
        for (int i = 1; i < arguments.Length; i++)
        {
            string word = arguments[i];
            if (word == "--")
            {
                words.AddRange(arguments[(i + 1)..]);
                break;
            }

            if (word is "--help" or "--version")
            {
                ShowHelp |= word == "--help";
                ShowVersion |= word == "--version";
            }
            else if (word == "--allow-screen-reports")
            {
                AllowScreenReports = true;
            }
            else if (word == "--allow-clipboard-query")
            {
                AllowClipboardQuery = true;
            }
            else if (word is PipesOption or SubsystemOption)
            {
                UsesPipes |= word == PipesOption;
                IsSubsystem |= word == SubsystemOption;
            }
            else if (word == AgentOption)
            {
                HasAgent = true;
            }
            else if (IsOption(word, ForbidOption) || IsOption(word, PolicyOption))
            {
                if (!TrySetPolicy(word, ValueOf(word, arguments, ref i), out error))
                {
                    return false;
                }
            }
            else if (IsOption(word, HistoryLinesOption))
            {
                SetHistoryLines(ValueOf(word, arguments, ref i));
            }
            else if (IsOption(word, SharedPortOption))
            {
                if (!TrySetSharedPort(ValueOf(word, arguments, ref i), out error))
                {
                    return false;
                }
            }
            else if (word.StartsWith("--", StringComparison.Ordinal))
            {
                Complain($"unknown option {word}");
            }
            else if (word.Length < 2 || word[0] != '-')
            {
                words.Add(word);
            }
            else if (!TryCluster(word, arguments, ref i, out error))
            {
                return false;
            }
        }

        Command = [.. words];
        return true;
    }

    /// <summary>--name, or --name=value.</summary>
    private static bool IsOption(string word, string name) => word == name || (word.StartsWith(name, StringComparison.Ordinal) && word[name.Length] == '=');

    /// <summary>What stands behind the "=", or the next word; empty when there is none.</summary>
    private static string ValueOf(string word, string[] arguments, ref int i)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals >= 0 ? word[(equals + 1)..] : i + 1 < arguments.Length ? arguments[++i] : "";
    }

    /// <summary>Who limits a server means it: one whose limits are not understood does not start.</summary>
    private bool TrySetPolicy(string word, string value, out string error)
    {
        bool isForbid = word.StartsWith(ForbidOption, StringComparison.Ordinal);
        bool good = isForbid ? ServerHostOptions.IsForbidList(value) : value.Length > 0;
        error = good ? "" : isForbid ? $"{ForbidOption} takes connect, listen, agent, udp, files, commands, with commas between ({value})" : $"{PolicyOption} needs a file";
        if (isForbid)
        {
            Forbidden = Forbidden.Length == 0 ? value : $"{Forbidden},{value}";
        }
        else
        {
            PolicyPath = value;
        }

        return good;
    }

    /// <summary>-sv, -p60001, -p 60001: letters in a row, the last may take a value.</summary>
    private bool TryCluster(string word, string[] arguments, ref int i, out string error)
    {
        error = "";
        for (int at = 1; at < word.Length; at++)
        {
            char letter = word[at];
            switch (letter)
            {
                case 's':
                    BindToSshAddress = true;
                    break;
                case 'v':
                    Verbosity++;
                    break;
                case '@' or 'i' or 'p' or 'c' or 'l':
                    string? value = at + 1 < word.Length ? word[(at + 1)..] : i + 1 < arguments.Length ? arguments[++i] : null;
                    if (value is null)
                    {
                        Complain($"option -{letter} needs a value");
                        return true;
                    }

                    return TrySetValue(letter, value, out error);
                default:
                    Complain($"unknown option -{letter}");
                    break;
            }
        }

        return true;
    }

    private bool TrySetValue(char letter, string value, out string error)
    {
        error = "";
        switch (letter)
        {
            case 'i':
                BindAddress = value;
                return true;
            case 'p':
                return TrySetPorts(value, out error);
            case 'c':
                bool good = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count);
                ColorCount = count;
                error = good ? "" : $"bad number of colours ({value})";
                return good;
            case 'l':
                AddLocaleValue(value);
                return true;
            default:
                return true; // -@ is mosh's own, ignored.
        }
    }

    private bool TrySetPorts(string text, out string error)
    {
        // mosh takes an empty port as 0: any free one.
        bool good = PortRange.TryParse(text.Length == 0 ? "0" : text, out PortRange range, out string reason);
        Ports = range;
        PortsAreGiven = true;
        error = good ? "" : $"bad UDP port or range ({text}): {reason}";
        return good;
    }

    /// <summary>A session on another port than the one that the firewall lets through would help nobody.</summary>
    private bool TrySetSharedPort(string text, out string error)
    {
        bool good = OptionValues.TryParseSharedPort(text, out int port, out string reason);
        SharedPort = port;
        error = good ? "" : $"{SharedPortOption}: {reason}";
        return good;
    }

    private void SetHistoryLines(string text)
    {
        if (OptionValues.TryParseHistoryLines(text, out int lines, out string error))
        {
            HistoryLines = lines;
        }
        else
        {
            Complain($"{HistoryLinesOption}: {error}");
        }
    }

    private void AddLocaleValue(string value)
    {
        // A name is required, and only the locale's names: the far side must not set PATH or LD_PRELOAD through this door.
        int equals = value.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? value : value[..equals];
        if (equals < 0 || !LocaleChoice.IsLocaleName(name))
        {
            Complain($"-l {value} is no locale variable");
        }
        else if (LocaleValues.Count < LocaleValuesMax)
        {
            LocaleValues.Add(value);
        }
    }

    private void Complain(string text)
    {
        if (Complaints.Count < ComplaintsMax)
        {
            Complaints.Add(text);
        }
    }

    /// <summary>The third word of SSH_CONNECTION, without the prefix of an IPv4 address in IPv6 clothes. Null: there is none.</summary>
    public static string? AddressOfSshConnection(string? sshConnection)
    {
        string[] words = (sshConnection ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4)
        {
            return null;
        }

        string address = words[2].StartsWith("::ffff:", StringComparison.OrdinalIgnoreCase) ? words[2]["::ffff:".Length..] : words[2];
        return IPAddress.TryParse(address, out _) ? address : null;
    }
}
