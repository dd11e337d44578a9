using Roam.Transport;

namespace Roam.Host;

/// <summary>Hears of what happens to a stream.</summary>
internal interface IStreamOwner
{
    void Take(Instant now, in StreamEvent e);
}
