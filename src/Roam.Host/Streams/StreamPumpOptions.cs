using Roam.Transport;

namespace Roam.Host;

/// <summary>How a <see cref="StreamPump"/> treats its descriptors, and whom it tells.</summary>
internal sealed class StreamPumpOptions
{
    public static readonly StreamPumpOptions Default = new();

    /// <summary>The descriptors are not the pump's: they stay open (and are not shut down) at the end.</summary>
    public bool KeepsDescriptors { get; init; }

    /// <summary>The descriptor is a TCP connection: when the stream is reset, its peer sees a reset, too.</summary>
    public bool IsTcp { get; init; }

    /// <summary>The end. The descriptors are closed, and the stream is not owned any more.</summary>
    public Action<Instant, StreamPumpEnd>? Ended { get; init; }
}
