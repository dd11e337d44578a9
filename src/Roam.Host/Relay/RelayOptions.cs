namespace Roam.Host;

/// <summary>What `roam relay` is to do, already parsed.</summary>
public sealed class RelayOptions
{
    public const long IdleMillisDefault = RelayCore.IdleMillisDefault;

    /// <summary>Name or numeric address, looked up where the relay runs.</summary>
    public required string TargetHost { get; init; }

    public required int TargetPort { get; init; }

    public required int PortLow { get; init; }

    public required int PortHigh { get; init; }

    public long IdleMillis { get; init; } = IdleMillisDefault;

    /// <summary>Ids that stand behind this relay's own and belong to later ones on the way.</summary>
    public int InnerIds { get; init; }

    /// <summary>Shown by ps; the arguments the relay was called with.</summary>
    public string[] DisplayArguments { get; init; } = [];

    internal long AskMillis { get; init; } = RelayCore.AskMillisDefault;
}
