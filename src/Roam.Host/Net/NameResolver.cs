using Roam.Transport;

namespace Roam.Host;

/// <summary>getaddrinfo for the wrapper: numeric texts of a host's addresses.</summary>
public static class NameResolver
{
    /// <summary>At most 64 addresses, in the order in which they should be tried. False: error is the resolver's own text.</summary>
    public static bool TryResolve(string host, FamilyPreference family, out string[] addresses, out string error)
    {
        addresses = [];
        if (!TryResolve(host, 0, family, out List<PeerAddress> found, out error))
        {
            return false;
        }

        addresses = [.. found.Select(address => SocketAddress.TextOf(address))];
        return true;
    }

    internal static bool TryResolve(string host, int port, FamilyPreference family, out List<PeerAddress> addresses, out string error)
    {
        int wanted = family switch
        {
            FamilyPreference.InetOnly => Libc.AF_INET,
            FamilyPreference.Inet6Only => Libc.AF_INET6,
            _ => Libc.AF_UNSPEC,
        };
        if (!AddressLookup.TryResolve(host, port, wanted, numericOnly: false, out addresses, out error))
        {
            return false;
        }

        if (family == FamilyPreference.Auto)
        {
            bool first = addresses[0].IsIPv6;
            addresses.RemoveAll(address => address.IsIPv6 != first);
        }
        else if (family is FamilyPreference.PreferInet or FamilyPreference.PreferInet6)
        {
            bool preferred = family == FamilyPreference.PreferInet6;
            List<PeerAddress> others = addresses.FindAll(address => address.IsIPv6 != preferred);
            addresses.RemoveAll(address => address.IsIPv6 != preferred);
            addresses.AddRange(others);
        }

        return true;
    }
}
