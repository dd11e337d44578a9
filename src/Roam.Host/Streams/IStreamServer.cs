using Roam.Transport;

namespace Roam.Host;

/// <summary>Serves the streams of a kind that the peer opens: accepts or refuses each, now or later. What it was opened with is <see cref="StreamSet.TargetOf"/>.</summary>
internal interface IStreamServer
{
    void Serve(Instant now, ulong id, StreamKind kind);
}
