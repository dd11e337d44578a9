using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>This machine's own addresses, as far as another machine may reach them (getifaddrs(3)).</summary>
public static unsafe class HostAddresses
{
    /// <summary>Interfaces that lead to containers and virtual machines of this host only.</summary>
    private static readonly string[] Inner = ["docker", "br-", "veth", "virbr", "cni", "flannel", "lxc", "podman"];

    /// <summary>Numeric, one of each family of each interface, at most countMax; the preferred one first when it is among this machine's. No loopback, no link-local ones.</summary>
    public static string[] Global(string? preferred, int countMax)
    {
        Libc.InterfaceAddress* list;
        if (Libc.getifaddrs(&list) != 0)
        {
            return [];
        }

        Dictionary<(string Name, bool IsIPv6), string> found = [];
        for (Libc.InterfaceAddress* entry = list; entry != null; entry = entry->Next)
        {
            string name = Marshal.PtrToStringUTF8((nint)entry->Name) ?? "";
            if (entry->Address == null || (entry->Flags & Libc.IFF_UP) == 0 || Inner.Any(n => name.StartsWith(n, StringComparison.Ordinal)))
            {
                continue;
            }

            int family = *(ushort*)entry->Address;
            if (family is Libc.AF_INET or Libc.AF_INET6)
            {
                bool isIPv6 = family == Libc.AF_INET6;
                string text = SocketAddress.TextOf(new ReadOnlySpan<byte>(entry->Address, isIPv6 ? SocketAddress.BytesMax : SocketAddress.IPv4Bytes));
                if (IsUsable(text) && (text == preferred || !found.ContainsKey((name, isIPv6))))
                {
                    found[(name, isIPv6)] = text;
                }
            }
        }

        Libc.freeifaddrs(list);
        return [.. found.Values.OrderBy(text => text == preferred ? 0 : 1).Take(countMax)];
    }

    internal static bool IsUsable(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) && !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal
        && !(address.AddressFamily == AddressFamily.InterNetwork && text.StartsWith("169.254.", StringComparison.Ordinal));
}
