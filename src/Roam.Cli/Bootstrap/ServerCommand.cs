using System.Globalization;
using Roam.Host;

namespace Roam.Cli;

/// <summary>The words that start a server: `SERVER new -c COLORS [-s] [-i IP] [-p PORT] [-l NAME=VALUE]... [-- COMMAND...]`.</summary>
internal static class ServerCommand
{
    /// <summary>
    /// What `roam` runs on the far side when --server does not say: Roam where it is installed, else mosh. ssh's commands get a short PATH, so the usual places
    /// of programs that a person or a package collection installed are looked at as well.
    /// </summary>
    private const string RoamElseMosh =
        "PATH=$PATH:$HOME/.local/bin:/usr/local/bin:/opt/homebrew/bin:/opt/local/bin; " +
        "if command -v roam >/dev/null 2>&1; then exec roam server \"$@\"; fi; exec mosh-server \"$@\"";

    /// <summary>For the server, as --history-lines.</summary>
    public const string HistoryLinesVariable = "ROAM_HISTORY_LINES";

    private const string AgentOption = "--agent";

    private const string ShowSshConnection = "[ -n \"$SSH_CONNECTION\" ] && printf \"\\nMOSH SSH_CONNECTION %s\\n\" \"$SSH_CONNECTION\"";

    /// <summary>One text for the far side's shell.</summary>
    public static string ForShell(WrapperOptions options, int colorCount, IReadOnlyList<string> localeValues)
    {
        string server = options.ServerCommandLine
            ?? (options.MoshServerOnly ? "mosh-server" : $"sh -c {ShellWords.Quote(Settings(options) + RoamElseMosh)} roam");
        string command = $"{server} {ShellWords.QuoteAll(Arguments(options, colorCount, localeValues, localAddress: null))}";
        return options.RemoteIp == RemoteIpSource.Remote ? $"sh -c {ShellWords.Quote(ShowSshConnection)} ; {command}" : command;
    }

    /// <summary>The words to start a server on this machine. Null: --server cannot be split into words.</summary>
    public static List<string>? ForThisMachine(WrapperOptions options, int colorCount, IReadOnlyList<string> localeValues, string address)
    {
        List<string> words = [.. OwnProgram.Named("mosh-server", "server")];
        if (options.ServerCommandLine is { } line && (!ShellWords.TrySplit(line, out words) || words.Count == 0))
        {
            return null;
        }

        words.AddRange(Arguments(options, colorCount, localeValues, address));
        if (options is { ServerCommandLine: null, HistoryLines: { } lines })
        {
            words.Insert(words.IndexOf("new") + 1, $"--history-lines={lines.ToString(CultureInfo.InvariantCulture)}");
        }

        if (options is { ServerCommandLine: null, AgentPath: not null })
        {
            words.Insert(words.IndexOf("new") + 1, AgentOption);
        }

        return words;
    }

    /// <summary>
    /// `far new ...` for a Roam that the far side's script has found. It listens on any address when the user does not say otherwise: it answers from the address it was
    /// spoken to, so that every address of the host is a place to roam to.
    /// </summary>
    public static List<string> ForFar(WrapperOptions options, int colorCount, IReadOnlyList<string> localeValues)
    {
        List<string> words = ["far", .. Arguments(options, colorCount, localeValues, localAddress: null, isAnyDefault: true)];
        List<string> own = [];
        if (options.HistoryLines is { } lines)
        {
            own.Add($"--history-lines={lines.ToString(CultureInfo.InvariantCulture)}");
        }

        if (options.AgentPath is not null)
        {
            own.Add(AgentOption);
        }

        if (options.SharedPort is { } port)
        {
            own.Add($"--port={port.ToString(CultureInfo.InvariantCulture)}");
        }

        words.InsertRange(words.IndexOf("new") + 1, own);
        return words;
    }

    /// <summary>The words of mosh-server in Roam's place. None when what was asked for is beyond it.</summary>
    public static List<string> ForMosh(WrapperOptions options, int colorCount, IReadOnlyList<string> localeValues) =>
        options.SharedPort is null ? Arguments(options, colorCount, localeValues, localAddress: null) : [];

    /// <summary>What only Roam's server understands goes by the environment: mosh's would take the letters of a long option for options of its own.</summary>
    private static string Settings(WrapperOptions options) =>
        options.HistoryLines is { } lines ? $"{HistoryLinesVariable}={lines.ToString(CultureInfo.InvariantCulture)}; export {HistoryLinesVariable}; " : "";

    /// <summary>LANG, LANGUAGE and LC_* as this machine has them.</summary>
    public static List<string> LocaleValues()
    {
        List<string> values = [];
        foreach (string name in (ReadOnlySpan<string>)["LANG", "LANGUAGE"])
        {
            if (ProcessEnvironment.Get(name) is { } value)
            {
                values.Add($"{name}={value}");
            }
        }

        values.AddRange(ProcessEnvironment.WithPrefix("LC_").Order(StringComparer.Ordinal));
        return values;
    }

    private static List<string> Arguments(WrapperOptions options, int colorCount, IReadOnlyList<string> localeValues, string? localAddress, bool isAnyDefault = false)
    {
        List<string> words = options.UsesPipes
            ? ["new", ServerArguments.PipesOption, .. options.IsSubsystem ? (string[])[ServerArguments.SubsystemOption] : []]
            : ["new", "-c", colorCount.ToString(CultureInfo.InvariantCulture)];
        switch (options.BindServer)
        {
            case WrapperOptions.BindServerAny:
            case WrapperOptions.BindServerSsh when isAnyDefault && !options.BindServerIsGiven:
                break;
            case WrapperOptions.BindServerSsh when localAddress is null:
                words.Add("-s");
                break;
            case WrapperOptions.BindServerSsh:
                words.AddRange(["-i", localAddress]);
                break;
            default:
                words.AddRange(["-i", options.BindServer]);
                break;
        }

        if (options.Port is { } port)
        {
            words.AddRange(["-p", port.ToString()]);
        }

        foreach (string value in options.UsesPipes ? [] : localeValues)
        {
            words.AddRange(["-l", value]);
        }

        if (options.Command.Length > 0)
        {
            words.Add("--");
            words.AddRange(options.Command);
        }

        return words;
    }
}
