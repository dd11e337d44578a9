using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Roam.Host;

/// <summary>This machine's own addresses, as far as another machine may reach them.</summary>
public static class HostAddresses
{
    /// <summary>Interfaces that lead to containers and virtual machines of this host only.</summary>
    private static readonly string[] Inner = ["docker", "br-", "veth", "virbr", "cni", "flannel", "lxc", "lxdbr", "podman"];

    /// <summary>Numeric, one of each family of each interface, at most countMax; the preferred one first when it is among this machine's. No loopback, no link-local ones.</summary>
    public static string[] Global(string? preferred, int countMax)
    {
        List<IPAddress> found = [];
        try
        {
            foreach (NetworkInterface device in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (device.OperationalStatus != OperationalStatus.Down && device.NetworkInterfaceType != NetworkInterfaceType.Loopback
                    && !Inner.Any(name => device.Name.StartsWith(name, StringComparison.Ordinal)))
                {
                    AddUsable(found, device.GetIPProperties().UnicastAddresses.Select(a => a.Address), preferred);
                }
            }
        }
        catch (NetworkInformationException)
        {
            // A kernel that tells nothing: there are the other ways to learn an address.
            return [];
        }

        return [.. found.Select(a => a.ToString()).OrderBy(text => text == preferred ? 0 : 1).Take(countMax)];
    }

    internal static bool IsUsable(IPAddress address) =>
        !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast && !address.IsIPv4MappedToIPv6
        && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
        && !(address.AddressFamily == AddressFamily.InterNetwork && address.ToString().StartsWith("169.254.", false, CultureInfo.InvariantCulture));

    private static void AddUsable(List<IPAddress> found, IEnumerable<IPAddress> addresses, string? preferred)
    {
        foreach (IGrouping<AddressFamily, IPAddress> family in addresses.Where(IsUsable).GroupBy(a => a.AddressFamily))
        {
            found.Add(family.FirstOrDefault(a => a.ToString() == preferred) ?? family.First());
        }
    }
}
