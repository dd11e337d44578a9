using Roam.Transport;

namespace Roam.Host;

/// <summary>A connection that waits for a stream.</summary>
internal interface IOpening
{
    /// <summary>False: no stream can be opened now. True: it was, or is not wanted any more.</summary>
    bool TryOpen(Instant now);

    /// <summary>The session is over.</summary>
    void Abandon();
}
