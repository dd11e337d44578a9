using Roam.Transport;

namespace Roam.Host;

/// <summary>Serves the streams of one kind that the peer opens.</summary>
internal interface IStreamServer
{
    /// <summary>The peer opened one; what for is <see cref="StreamSet.TargetOf"/>. It is to be accepted or refused, now or later.</summary>
    void Serve(Instant now, ulong id, StreamKind kind);
}
