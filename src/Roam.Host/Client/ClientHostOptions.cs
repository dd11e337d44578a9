using Roam.Session;
using Roam.Terminal;

namespace Roam.Host;

/// <summary>What the client is to do, already parsed.</summary>
public sealed class ClientHostOptions
{
    /// <summary>Numeric address (a name is resolved too, and all its addresses are used).</summary>
    public required string Address { get; init; }

    /// <summary>More numeric addresses of the same server, used when the others do not answer.</summary>
    public IReadOnlyList<string> MoreAddresses { get; init; } = [];

    public required int Port { get; init; }

    /// <summary>All places to try, best first; when there are any, the addresses and the port above are not looked at.</summary>
    public IReadOnlyList<Place> Places { get; init; } = [];

    /// <summary>More places may be found later: room for their ids is kept in every datagram.</summary>
    public bool FindsMorePlaces => FinderCommand.Count > 0;

    /// <summary>22 characters of base64, already checked by SessionKey.TryParse.</summary>
    public required string KeyText { get; init; }

    public PredictionMode Prediction { get; init; } = PredictionMode.Adaptive;

    public bool PredictOverwrite { get; init; }

    public EscapeKeySettings EscapeKey { get; init; } = EscapeKeySettings.Default;

    /// <summary>Lines that leave the screen go to the terminal's own scrollback, if the server keeps them and the terminal has one.</summary>
    public bool WantsHistory { get; init; } = true;

    /// <summary>False (MOSH_NO_TERM_INIT): no smcup and rmcup.</summary>
    public bool InitializeTerminal { get; init; } = true;

    /// <summary>False (ROAM_NO_TERMINAL_QUERIES): the terminal is asked nothing.</summary>
    public bool AsksTerminal { get; init; } = true;

    /// <summary>Put before every window title; empty with MOSH_TITLE_NOPREFIX.</summary>
    public string TitlePrefix { get; init; } = "[mosh] ";

    public ClientTransport Transport { get; init; } = ClientTransport.Auto;

    /// <summary>An ssh that carries datagrams already; null: none.</summary>
    public CarrierHandle? Carrier { get; init; }

    /// <summary>The command that makes a new one; empty: there is none.</summary>
    public IReadOnlyList<string> CarryCommand { get; init; } = [];

    /// <summary>The command that finds more places of the server; empty: there is none.</summary>
    public IReadOnlyList<string> FinderCommand { get; init; } = [];

    /// <summary>What the user typed to get here; empty: not known.</summary>
    public string Typed { get; init; } = "";

    /// <summary>The socket of the agent that the server may ask; null: it may ask none.</summary>
    public string? AgentPath { get; init; }

    /// <summary>-L, -R and -D, in the order they were given.</summary>
    public IReadOnlyList<ForwardSpec> Forwards { get; init; } = [];

    /// <summary>ssh's ExitOnForwardFailure: without all of them there is no session.</summary>
    public bool ForwardsAreStrict { get; init; }

    /// <summary>A command without a terminal: <see cref="PipesFront"/>.</summary>
    public bool UsesPipes { get; init; }

    /// <summary>The program's exit status becomes this process's; mosh's client returns 0 whatever it was.</summary>
    public bool TellsExitStatus { get; init; }

    /// <summary>How often -v was given: notes to standard error at the end.</summary>
    public int Verbosity { get; init; }
}
