using Roam.Transport;

namespace Roam.Host;

/// <summary>Has one deadline at a time with the hub (<see cref="StreamHub.At"/>).</summary>
internal interface ITimed
{
    void Due(Instant now);
}
