using Roam.Host;

namespace Roam.Cli;

/// <summary>What the wrapper tells the client of the ways to the server, by variables that are taken away at once: what runs in a session must not see them.</summary>
internal sealed record ClientWaySettings
{
    private const string TransportVariable = "ROAM_TRANSPORT";
    private const string CarrierVariable = "ROAM_CARRIER";
    private const string CarryVariable = "ROAM_CARRY";
    private const string FinderVariable = "ROAM_FINDER";

    public ClientTransport Transport { get; private init; }

    public CarrierHandle? Carrier { get; private init; }

    public IReadOnlyList<string> CarryCommand { get; private init; } = [];

    public IReadOnlyList<string> FinderCommand { get; private init; } = [];

    /// <summary>Why the settings cannot be used; null: they can.</summary>
    public string? Complaint { get; private init; }

    public static ClientWaySettings Take()
    {
        string? transport = ProcessEnvironment.TakeSecret(TransportVariable);
        string? carrier = ProcessEnvironment.TakeSecret(CarrierVariable);
        string? carry = ProcessEnvironment.TakeSecret(CarryVariable);
        string? finder = ProcessEnvironment.TakeSecret(FinderVariable);
        bool isKnown = TryParseTransport(transport, out ClientTransport chosen);
        ClientWaySettings settings = new()
        {
            Transport = chosen,
            Carrier = CarrierHandle.TryParse(carrier, out CarrierHandle handle) ? handle : null,
            CarryCommand = Words(carry),
            FinderCommand = Words(finder),
        };
        string? complaint = !isKnown
            ? $"{TransportVariable}={transport} is none of auto, udp, ssh"
            : chosen == ClientTransport.Ssh && settings.Carrier is null && settings.CarryCommand.Count == 0
                ? $"{TransportVariable}=ssh needs {CarrierVariable} or {CarryVariable} (`roam --transport=ssh` sets them)"
                : null;
        return settings with { Complaint = complaint };
    }

    private static bool TryParseTransport(string? text, out ClientTransport transport)
    {
        (bool isKnown, transport) = text switch
        {
            null or "" or "auto" => (true, ClientTransport.Auto),
            "udp" => (true, ClientTransport.Udp),
            "ssh" => (true, ClientTransport.Ssh),
            _ => (false, ClientTransport.Auto),
        };
        return isKnown;
    }

    private static List<string> Words(string? text) => text is not null && ShellWords.TrySplit(text, out List<string> words) ? words : [];
}
