using Roam.Terminal;

namespace Roam.Host;

/// <summary>What `server new` asks for, already parsed. Travels to the detached process through a pipe, never in its arguments.</summary>
public sealed class ServerHostOptions
{
    /// <summary>Program and arguments; empty: the user's shell as a login shell.</summary>
    public string[] Command { get; init; } = [];

    /// <summary>--pipes: the command, words of a shell, runs without a terminal, on the streams that the client opens (<see cref="PipedProgram"/>).</summary>
    public bool UsesPipes { get; init; }

    /// <summary>--subsystem, with the one above: the command is the name of a subsystem.</summary>
    public bool IsSubsystem { get; init; }

    /// <summary>-c: 256 gives TERM=xterm-256color, anything less xterm.</summary>
    public int ColorCount { get; init; } = 256;

    /// <summary>How often -v was given. From 1 on standard error stays open and every diff is checked against the screen it must make.</summary>
    public int Verbosity { get; init; }

    /// <summary>Programs may ask what is on the screen.</summary>
    public bool AllowScreenReports { get; init; }

    /// <summary>Whether programs may ask (OSC 52) for what programs of this session put on the clipboard.</summary>
    public bool AllowClipboardQuery { get; init; }

    /// <summary>Lines kept of what leaves the screen; 0: none.</summary>
    public int HistoryLines { get; init; } = HistoryLog.DefaultLines;

    /// <summary>--agent: programs get a socket to the client's agent.</summary>
    public bool HasAgent { get; init; }

    /// <summary>--forbid: what is not served, names with commas between.</summary>
    public string Forbidden { get; init; } = "";

    /// <summary>--policy: rules beside the administrator's file; empty: none.</summary>
    public string PolicyPath { get; init; } = "";

    /// <summary>MOSH_SERVER_NETWORK_TMOUT; 0: none.</summary>
    public long NetworkTimeoutSeconds { get; init; }

    /// <summary>MOSH_SERVER_SIGNAL_TMOUT; 0: SIGUSR1 ends the session at once.</summary>
    public long SignalTimeoutSeconds { get; init; }

    /// <summary>NAME=VALUE pairs (the client's -l, when its locale is taken) put into the program's environment.</summary>
    public string[] EnvironmentAdditions { get; init; } = [];

    /// <summary>argv[0] of the detached process and the name ps and pkill see.</summary>
    public string ProcessName { get; init; } = "mosh-server";

    /// <summary>Shown by ps after the name; the arguments the server was called with.</summary>
    public string[] DisplayArguments { get; init; } = [];

    /// <summary>Window of the terminal the server was started on; 80x24 when there is none.</summary>
    public int Width { get; init; } = 80;

    public int Height { get; init; } = 24;

    /// <summary>Whether the text is a list of things to forbid.</summary>
    public static bool IsForbidList(string text)
    {
        _ = PolicyRule.SubjectsOf(text, out bool isKnown);
        return isKnown;
    }
}
