using Roam.Transport;

namespace Roam.Host;

/// <summary>What a <see cref="StreamPump"/> is to keep to.</summary>
internal sealed class StreamPumpOptions
{
    public static StreamPumpOptions Default { get; } = new();

    /// <summary>Others use the descriptors too (a terminal, a pipe of the user's shell): they stay blocking, and are only used as far as they cannot block.</summary>
    public bool SharesDescriptors { get; init; }

    /// <summary>The descriptors stay open at the end.</summary>
    public bool KeepsDescriptors { get; init; }

    /// <summary>Told once, when nothing moves any more.</summary>
    public Action<Instant, PumpEnd>? Ended { get; init; }
}
