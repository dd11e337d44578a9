using Roam.Transport;

namespace Roam.Host;

/// <summary>Has asked <see cref="NameLookups"/> for the addresses of a name.</summary>
internal interface INameWaiter
{
    /// <summary>Numeric addresses in the order to try them; none: there is no such name.</summary>
    void Resolved(Instant now, IReadOnlyList<string> addresses);
}
