using Roam.Host;
using Roam.Terminal;

namespace Roam.Cli;

/// <summary>What `mosh` or `roam` was asked to do, checked: the common ground of the two command lines.</summary>
internal sealed class WrapperOptions
{
    /// <summary>[user@]host; null: none was given.</summary>
    public string? Host { get; set; }

    /// <summary>Program and arguments to run on the far side; empty: a login shell.</summary>
    public string[] Command { get; set; } = [];

    /// <summary>Null: this program.</summary>
    public string? ClientPath { get; set; }

    /// <summary>A shell command; null: <see cref="ServerCommand"/> chooses.</summary>
    public string? ServerCommandLine { get; set; }

    /// <summary>Null: MOSH_PREDICTION_DISPLAY decides, else adaptive.</summary>
    public PredictionMode? Prediction { get; set; }

    public bool PredictOverwrite { get; set; }

    public FamilyPreference Family { get; set; } = FamilyPreference.PreferInet;

    /// <summary>Null: the server's own choice, 60001 to 60999.</summary>
    public PortRange? Port { get; set; }

    /// <summary>"ssh", "any" or a numeric address.</summary>
    public string BindServer { get; set; } = BindServerSsh;

    /// <summary>Whether --bind-server was given: without it a Roam server that is started the automatic way listens on any address.</summary>
    public bool BindServerIsGiven { get; set; }

    public string SshCommandLine { get; set; } = "ssh";

    /// <summary>-J: hosts to jump over, for ssh. Null: as ssh's configuration says.</summary>
    public string? JumpHosts { get; set; }

    /// <summary>-A: the agent is lent to the far side, whatever ssh's configuration says.</summary>
    public bool WantsAgent { get; set; }

    /// <summary>The socket of the agent that is lent; null: none.</summary>
    public string? AgentPath { get; set; }

    /// <summary>Options for ssh that were given as options of ours: put behind the words of --ssh.</summary>
    public List<string> SshWords { get; } = [];

    /// <summary>-t, -T.</summary>
    public TerminalChoice Terminal { get; set; }

    /// <summary>-s: the command is the name of a subsystem.</summary>
    public bool IsSubsystem { get; set; }

    /// <summary>`roam ssh`: a command has no terminal unless -t was said.</summary>
    public bool ActsAsSsh { get; set; }

    /// <summary>The program runs on pipes instead of a terminal (docs/commands.md).</summary>
    public bool UsesPipes { get; set; }

    /// <summary>ssh's -n: nothing is read from standard input.</summary>
    public bool NoInput { get; set; }

    /// <summary>-q: nothing but errors is told.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>-G: `ssh -G` answers.</summary>
    public bool AsksConfig { get; set; }

    public InstallMode Install { get; set; } = InstallMode.Auto;

    public TransportChoice Transport { get; set; } = TransportChoice.Auto;

    /// <summary>--shared-port: the UDP port that the user's sessions on the far side have in common. Null: each has its own.</summary>
    public int? SharedPort { get; set; }

    public bool SshPty { get; set; } = true;

    public bool InitializeTerminal { get; set; } = true;

    /// <summary>--no-history: nothing for the terminal's scrollback, the session stays on the alternate screen.</summary>
    public bool WantsHistory { get; set; } = true;

    /// <summary>Null: the server's own choice.</summary>
    public int? HistoryLines { get; set; }

    /// <summary>The server runs on this machine, without ssh.</summary>
    public bool Local { get; set; }

    public RemoteIpSource RemoteIp { get; set; } = RemoteIpSource.Proxy;

    /// <summary>Called by ssh as its ProxyCommand: Host and Command[0] are address and port.</summary>
    public bool FakeProxy { get; set; }

    /// <summary>-L, -R and -D: a letter and its words in turn.</summary>
    public List<string> Forwards { get; } = [];

    /// <summary>--exit-on-forward-failure.</summary>
    public bool ForwardsAreStrict { get; set; }

    public bool ShowHelp { get; set; }

    public bool ShowVersion { get; set; }

    /// <summary>With <see cref="ShowVersion"/>: more of it; else for ssh.</summary>
    public bool Verbose { get; set; }

    /// <summary>The words as the user typed them, for ps.</summary>
    public string[] Typed { get; init; } = [];

    /// <summary>`mosh` means mosh-server on the far side; `roam` looks for Roam first.</summary>
    public bool MoshServerOnly { get; init; }

    /// <summary>The name in messages: mosh or roam.</summary>
    public string ProgramName { get; init; } = "roam";

    public const string BindServerSsh = "ssh";
    public const string BindServerAny = "any";
}
