using System.Globalization;
using System.Text;
using Roam.Host;
using Roam.Terminal;

namespace Roam.Cli;

/// <summary>`mosh-server` and `roam server`: binds, announces port and key, and leaves the session to a process of its own.</summary>
internal static class MoshServerCommand
{
    private const string Name = "mosh-server";

    /// <summary>mosh's default when the client did not say: TERM=xterm.</summary>
    private const int ColorCountDefault = 8;

    private static readonly CompositeFormat UsageFormat = CompositeFormat.Parse(ServerArguments.Usage);

    private static string UsageText => string.Format(CultureInfo.InvariantCulture, UsageFormat, Name) + "\n";

    /// <summary>An administrator's default for `roam server` and `roam far`: a UDP port that all sessions of a user share.</summary>
    private const string SharedPortVariable = "ROAM_SERVER_PORT";

    /// <param name="arguments">Of mosh-server.</param>
    /// <param name="sharesByDefault">A client of Roam's may be expected, so <see cref="SharedPortVariable"/> counts.</param>
    public static int Run(string[] arguments, bool sharesByDefault)
    {
        if (!ServerArguments.TryParse(arguments, out ServerArguments parsed, out string error))
        {
            StandardStreams.Error($"{Name}: {error}\n{UsageText}");
            return ExitCode.Failure;
        }

        if (parsed.ShowHelp || parsed.ShowVersion)
        {
            StandardStreams.Out(parsed.ShowHelp ? UsageText : VersionText.Compatible(Name));
            return ExitCode.Success;
        }

        if (parsed.Complaints.Count > 0)
        {
            StandardStreams.Error(string.Concat(parsed.Complaints.Select(c => $"{Name}: {c}, ignored\n")) + UsageText);
        }

        return Start(parsed, arguments, sharesByDefault);
    }

    private static int Start(ServerArguments parsed, string[] arguments, bool sharesByDefault)
    {
        if (TryStart(parsed, arguments, sharesByDefault) is not { } session)
        {
            return ExitCode.Failure;
        }

        // On a terminal the line starts fresh, whatever a login script left on the row; the wrapper looks for it at a line's start.
        string announcement = session.Announcement;
        StandardStreams.Out(StandardStreams.InputIsTerminal ? "\r\n" + announcement : announcement);
        StandardStreams.Error($"\n{VersionText.Compatible(Name)}\n[{Name} detached, pid = {session.Pid.ToString(CultureInfo.InvariantCulture)}]\n{HowToJoin(session)}");
        return ExitCode.Success;
    }

    /// <summary>Binds, and leaves the session to a process of its own. Null: the user was told why there is none.</summary>
    public static StartedSession? TryStart(ServerArguments parsed, string[] arguments, bool sharesByDefault)
    {
        // Without a terminal nothing here reads or shows text: the program finds the locale that the login gave it, as with ssh.
        string notice = "";
        string[] additions = parsed.UsesPipes ? [] : LocaleChoice.Settle(parsed.LocaleValues, out notice);
        if (notice.Length > 0)
        {
            StandardStreams.Error($"{Name}: {notice}\n");
        }

        using ServerEndpoint? endpoint = TryBind(parsed, sharesByDefault);
        if (endpoint is null)
        {
            return null;
        }

        _ = StandardStreams.TryGetWindowSize(out int width, out int height);
        ServerHostOptions options = new()
        {
            Command = parsed.Command,
            ColorCount = parsed.ColorCount > 0 ? parsed.ColorCount : ColorCountDefault,
            Verbosity = parsed.Verbosity,
            AllowScreenReports = parsed.AllowScreenReports || ProcessEnvironment.Get("ROAM_ALLOW_SCREEN_REPORTS") == "1",
            AllowClipboardQuery = parsed.AllowClipboardQuery || ProcessEnvironment.Get("ROAM_ALLOW_CLIPBOARD_QUERY") == "1",
            HasAgent = parsed.HasAgent,
            Forbidden = parsed.Forbidden,
            PolicyPath = parsed.PolicyPath is { } policy ? Path.GetFullPath(policy) : "",
            HistoryLines = parsed.UsesPipes ? 0 : parsed.HistoryLines ?? HistoryLines(),
            UsesPipes = parsed.UsesPipes,
            IsSubsystem = parsed.IsSubsystem,
            NetworkTimeoutSeconds = Seconds("MOSH_SERVER_NETWORK_TMOUT"),
            SignalTimeoutSeconds = Seconds("MOSH_SERVER_SIGNAL_TMOUT"),
            EnvironmentAdditions = additions,
            ProcessName = Name,
            DisplayArguments = arguments,
            Width = width,
            Height = height,
        };
        if (!Detach.TryStart(endpoint, options, out int pid, out string error))
        {
            StandardStreams.Error($"{Name}: the session's process could not be started: {error}\n");
            return null;
        }

        return new StartedSession(pid, endpoint.Port, endpoint.KeyText, endpoint.ViaText);
    }

    private static ServerEndpoint? TryBind(ServerArguments parsed, bool sharesByDefault)
    {
        int shared = parsed.SharedPort ?? (sharesByDefault && !parsed.PortsAreGiven ? SharedPort() : 0);
        if (shared > 0)
        {
            ServerEndpoint? share = ServerEndpoint.TryShare(shared, out string reason);
            if (share is null)
            {
                StandardStreams.Error($"{Name}: UDP port {shared.ToString(CultureInfo.InvariantCulture)} cannot be shared: {reason}\n");
            }

            return share;
        }

        ServerEndpoint? endpoint = ServerEndpoint.TryBind(WantedAddress(parsed), parsed.Ports.Low, parsed.Ports.High, out string error);
        if (endpoint is null)
        {
            StandardStreams.Error($"{Name}: no UDP port of {parsed.Ports} could be bound: {error}\n");
        }

        return endpoint;
    }

    /// <summary>For a person who reads it. The line before names the key already.</summary>
    private static string HowToJoin(StartedSession session) => session.Via.Length == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"[the port is shared; join with MOSH_KEY=... ROAM_PLACES='ADDRESS;{session.Port};{session.Via}' roam client ADDRESS {session.Port}]\n");

    /// <summary>0: none. A value that is no port must not keep a person from a session: it is told and ignored.</summary>
    private static int SharedPort()
    {
        string? text = ProcessEnvironment.Get(SharedPortVariable);
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        if (OptionValues.TryParseSharedPort(text, out int port, out string error))
        {
            return port;
        }

        StandardStreams.Error($"{Name}: {SharedPortVariable}: {error}, ignored\n");
        return 0;
    }

    private static string? WantedAddress(ServerArguments parsed)
    {
        if (!parsed.BindToSshAddress)
        {
            return parsed.BindAddress;
        }

        string? address = ServerArguments.AddressOfSshConnection(ProcessEnvironment.Get("SSH_CONNECTION"));
        if (address is null)
        {
            StandardStreams.Error($"{Name}: SSH_CONNECTION names no address; listening on any.\n");
        }

        return address;
    }

    private static int HistoryLines()
    {
        string? text = ProcessEnvironment.Get(ServerCommand.HistoryLinesVariable);
        if (string.IsNullOrEmpty(text))
        {
            return HistoryLog.DefaultLines;
        }

        if (OptionValues.TryParseHistoryLines(text, out int lines, out string error))
        {
            return lines;
        }

        StandardStreams.Error($"{Name}: {ServerCommand.HistoryLinesVariable}: {error}, ignored\n");
        return HistoryLog.DefaultLines;
    }

    /// <summary>A value that is no number must not keep a person from a session: it is told and ignored.</summary>
    private static long Seconds(string variable)
    {
        string? text = ProcessEnvironment.Get(variable);
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        // 100 years: more would overflow the clock's microseconds.
        const long SecondsMax = 3_155_760_000;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds <= SecondsMax)
        {
            return seconds;
        }

        StandardStreams.Error($"{Name}: {variable} is no number of seconds ({text}), ignored\n");
        return 0;
    }
}
