using Roam.Transport;

namespace Roam.Host;

/// <summary>Hears that a time has come.</summary>
internal interface ITimed
{
    void HandleTimeout(Instant now);
}
