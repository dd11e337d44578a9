namespace Roam.Lab;

/// <summary>The ends are network namespaces; any IP packet passes.</summary>
internal sealed class NamespaceTestbed(EmulatedLink link, NamespacePair pair) : Testbed(link)
{
    public override string[] EnterNear { get; } = NamespacePair.Enter(pair.Near);

    public override string[] EnterFar { get; } = NamespacePair.Enter(pair.Far);

    public override bool CarriesTcp => true;

    public override bool CarriesIpv6 => true;

    public override string FarAddress(bool ipv6) => ipv6 ? NamespacePair.FarAddress6 : NamespacePair.FarAddress;

    public override int Reach(int serverPort) => serverPort;

    public override void ChangeNearAddress(int number, bool ipv6) => pair.ChangeNearAddress(ipv6 ? $"fd83::{number + 2:x}" : $"10.83.{1 + (number / 250)}.{1 + (number % 250)}");

    public override Distribution? Probe() => LinkProbe.Run(pair.Near, pair.Far);

    protected override void Close() => pair.Dispose();
}
