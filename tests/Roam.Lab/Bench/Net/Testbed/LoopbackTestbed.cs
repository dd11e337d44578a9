namespace Roam.Lab;

/// <summary>Both ends are this machine's loopback; each session has a UDP port of the link in front of its server's.</summary>
internal sealed class LoopbackTestbed(EmulatedLink link) : Testbed(link)
{
    private readonly List<RelayFarEnd> _farEnds = [];

    public override string[] EnterNear => [];

    public override string[] EnterFar => [];

    public override bool CarriesTcp => false;

    public override bool CarriesIpv6 => false;

    public override string FarAddress(bool ipv6) => "127.0.0.1";

    public override int Reach(int serverPort)
    {
        RelayNearEnd near = new(serverPort);
        RelayFarEnd far = new(serverPort);
        _farEnds.Add(far);
        Link.Add(near, far);
        return near.Port;
    }

    /// <summary>What a server sees of a change: packets come from elsewhere, and what it sends to the old place is lost.</summary>
    public override void ChangeNearAddress(int number, bool ipv6)
    {
        foreach (RelayFarEnd far in _farEnds)
        {
            far.Move();
        }

        Link.Wake();
    }

    public override Distribution? Probe() => null;

    /// <summary>The link has closed the sockets.</summary>
    protected override void Close()
    {
    }
}
