using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>A router that masquerades: its mappings can be forgotten, and its own address can change, while sessions go through it.</summary>
internal sealed class NatRouter(NetHost host)
{
    private int _rebinds;

    public NetHost Host => host;

    /// <summary>The inner host's way to everywhere.</summary>
    public void Start(NetHost inner)
    {
        Assert.Equal(0, host.Run("sysctl", "-qw", "net.ipv4.ip_forward=1").ExitCode);
        host.Nft("add table ip nat", "add chain ip nat out { type nat hook postrouting priority 100; }");
        Masquerade();
        inner.Ip($"route add default via {host.Addresses[0]}");
    }

    /// <summary>Every mapping is forgotten; the next datagram gets another port outside.</summary>
    public void Rebind()
    {
        _rebinds++;
        Masquerade();
        Assert.Equal(0, host.Run("conntrack", "-F").ExitCode);
    }

    /// <summary>The provider gives the router another address: the kernel forgets all mappings of the old one.</summary>
    public void ChangeAddress(NetHost outer)
    {
        _rebinds++;
        host.Ip($"address flush dev {outer.Cable}");
        host.Ip($"address add 10.77.2.{(100 + _rebinds).ToString(CultureInfo.InvariantCulture)}/24 dev {outer.Cable}");
    }

    private void Masquerade()
    {
        int low = 20000 + (1000 * _rebinds);
        host.Nft("flush chain ip nat out", $"add rule ip nat out meta l4proto {{ tcp, udp }} masquerade to :{low}-{low + 999}");
    }
}
