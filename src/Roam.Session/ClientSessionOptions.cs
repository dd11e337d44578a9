using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

public sealed record ClientSessionOptions
{
    /// <summary>The window's size.</summary>
    public int Width { get; init; } = 80;

    public int Height { get; init; } = 24;

    public PredictionMode PredictionMode { get; init; } = PredictionMode.Adaptive;

    public bool PredictOverwrite { get; init; }

    public EscapeKeySettings EscapeKey { get; init; } = EscapeKeySettings.Default;

    /// <summary>More addresses of the server, in the order in which they are to be tried when the first one does not answer (<see cref="PeerCandidates"/>).</summary>
    public IReadOnlyList<PeerAddress> OtherAddresses { get; init; } = [];

    /// <summary>Whether the session may go through ssh, or must.</summary>
    public CarrierUse Carrier { get; init; }

    /// <summary>Bytes that the host puts before a datagram on its way (ids of relays): datagrams are made shorter by as many.</summary>
    public int ReservedBytes { get; init; }

    /// <summary>The server's UDP port, named in the connecting notice; 0 = not named.</summary>
    public int UdpPort { get; init; }

    /// <summary>What is known of the user's terminal at the start; null: nothing is said of it. More may come (<see cref="ClientSession.HandleTerminal"/>).</summary>
    public ClientTerminal? Terminal { get; init; }

    /// <summary>Lines that leave the screen are wanted, for the terminal's own scrollback.</summary>
    public bool WantsHistory { get; init; } = true;

    /// <summary>False: nothing is said of this program, as stock does. For tests.</summary>
    internal bool Announces { get; init; } = true;

    /// <summary>Another predictor in place of the engine; for tests.</summary>
    internal IPredictor? Predictor { get; init; }
}
