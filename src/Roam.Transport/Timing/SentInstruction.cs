namespace Roam.Transport;

/// <summary>What a timing policy learns of an instruction that leaves.</summary>
public readonly record struct SentInstruction
{
    public required Instant At { get; init; }

    public required SendReason Reason { get; init; }

    /// <summary>The state's number: a new one, or that of the last state again.</summary>
    public required ulong Number { get; init; }

    /// <summary>0: a bare acknowledgement.</summary>
    public required int DiffBytes { get; init; }

    /// <summary>All its datagrams together, as UDP carries them.</summary>
    public required int WireBytes { get; init; }

    /// <summary>A state that was not sent before, in content.</summary>
    public required bool IsNewContent { get; init; }

    /// <summary>Nothing but the echo acknowledgement changed.</summary>
    public required bool IsMinor { get; init; }
}
