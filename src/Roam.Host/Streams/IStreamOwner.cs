using Roam.Transport;

namespace Roam.Host;

/// <summary>Hears what happens to streams. After <see cref="StreamEventKind.Reset"/> and <see cref="StreamEventKind.Refused"/> it owns the stream no more. One that is disposable is disposed of with the hub.</summary>
internal interface IStreamOwner
{
    void Take(Instant now, in StreamEvent e);
}
