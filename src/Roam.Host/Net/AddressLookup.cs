using System.Globalization;
using Roam.Transport;

namespace Roam.Host;

/// <summary>getaddrinfo(3).</summary>
internal static unsafe class AddressLookup
{
    public const int AddressesMax = 64;

    /// <summary>
    /// Addresses of a host in the resolver's order, without repeats; beyond the limit they are left out. A numeric text is tried first as such: the search for a name
    /// asks the kernel for its interfaces and the name service for its opinion, which costs a millisecond at the start of every session.
    /// </summary>
    public static bool TryResolve(string host, int port, int family, bool numericOnly, out List<PeerAddress> addresses, out string error) =>
        TryResolve(host, port, family, Libc.AI_NUMERICHOST, out addresses, out error)
        || (!numericOnly && TryResolve(host, port, family, Libc.AI_ADDRCONFIG, out addresses, out error));

    private static bool TryResolve(string host, int port, int family, int flags, out List<PeerAddress> addresses, out string error)
    {
        addresses = [];
        Libc.AddrInfo hints = new() { Family = family, SockType = Libc.SOCK_DGRAM, Flags = Libc.AI_NUMERICSERV | flags };
        Libc.AddrInfo* list;
        int code = Libc.getaddrinfo(host, port.ToString(CultureInfo.InvariantCulture), &hints, &list);
        if (code != 0)
        {
            error = Libc.ResolverErrorText(code);
            return false;
        }

        for (Libc.AddrInfo* entry = list; entry != null && addresses.Count < AddressesMax; entry = entry->Next)
        {
            ReadOnlySpan<byte> sockaddr = new(entry->Address, (int)entry->AddressLength);
            if (entry->Family is Libc.AF_INET or Libc.AF_INET6)
            {
                PeerAddress address = SocketAddress.ToPeer(sockaddr);
                if (!addresses.Contains(address))
                {
                    addresses.Add(address);
                }
            }
        }

        Libc.freeaddrinfo(list);
        error = addresses.Count == 0 ? "no address" : "";
        return addresses.Count > 0;
    }
}
