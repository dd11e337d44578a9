namespace Roam.Transport;

/// <summary>What a timing policy learns when the peer acknowledges a state.</summary>
public readonly record struct AckedState
{
    public required Instant At { get; init; }

    public required ulong Number { get; init; }

    /// <summary>When the oldest state with something new that this settles left for the first time; when there is none, the acknowledged one.</summary>
    public required Instant FirstSentAt { get; init; }

    /// <summary>Among the states that this settles is one that differs from what had been acknowledged before.</summary>
    public required bool HasContent { get; init; }

    /// <summary>Bytes on the wire of the states that this settles, each counted as it was first sent.</summary>
    public required int WireBytes { get; init; }

    /// <summary>Nothing that was sent is left unacknowledged, by content.</summary>
    public required bool IsAll { get; init; }
}
