using Roam.Transport;

namespace Roam.Host;

/// <summary>The forwardings of a running client, as the user changes them.</summary>
internal interface IForwardings
{
    IForwardAnswer Do(Instant now, in ForwardCommand command);
}
