namespace Roam.Host;

/// <summary>--family: which addresses of a name are taken, and in which order.</summary>
public enum FamilyPreference
{
    /// <summary>The resolver's order, all addresses.</summary>
    All,

    /// <summary>The resolver's order, but only the family of its first answer.</summary>
    Auto,
    InetOnly,
    Inet6Only,
    PreferInet,
    PreferInet6,
}
