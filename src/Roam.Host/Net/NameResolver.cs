namespace Roam.Host;

/// <summary>getaddrinfo for the wrapper: numeric texts of a host's addresses.</summary>
public static class NameResolver
{
    /// <summary>At most 64 addresses. False: error is the resolver's own text.</summary>
    public static bool TryResolve(string host, FamilyPreference family, out string[] addresses, out string error)
    {
        addresses = [];
        error = "not resolved";
        return false;
    }
}
