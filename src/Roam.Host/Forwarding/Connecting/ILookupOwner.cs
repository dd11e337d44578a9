using Roam.Transport;

namespace Roam.Host;

/// <summary>Waits for the answer to a <see cref="NameLookup"/>.</summary>
internal interface ILookupOwner
{
    void Take(Instant now, NameLookup lookup);
}
