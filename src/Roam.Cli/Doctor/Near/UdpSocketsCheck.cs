using Roam.Host;

namespace Roam.Cli;

/// <summary>Does this machine let a program send and receive UDP, of either family?</summary>
internal sealed class UdpSocketsCheck : Check
{
    public override string Name => "udp-sockets";

    public override IEnumerable<Finding> Run(Examination examination)
    {
        bool four = SelfTest.TryUdp(isIPv6: false, out string errorOfFour);
        bool six = SelfTest.TryUdp(isIPv6: true, out string errorOfSix);
        (string, object)[] facts = [("ipv4", four), ("ipv6", six)];
        return (four, six) switch
        {
            (true, true) => [Finding.Ok("IPv4 and IPv6", facts)],
            (true, false) => [Finding.Warning($"IPv4 only (IPv6: {errorOfSix})", "Fine, unless the host has IPv6 only.", facts)],
            (false, true) => [Finding.Warning($"IPv6 only (IPv4: {errorOfFour})", "Fine, unless the host has IPv4 only.", facts)],
            _ => [Finding.Failed($"no UDP on this machine (IPv4: {errorOfFour}; IPv6: {errorOfSix})", "A sandbox or filter forbids it. Sessions go through ssh: --transport=ssh.", facts)],
        };
    }
}
