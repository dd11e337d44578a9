using Roam.Session;

namespace Roam.Lab;

/// <summary>L4: once both are equal they know each other and report losses.</summary>
internal sealed class PeersKnown() : Invariant("L4 peers")
{
    public override void AtEndOf(SimWorld world, SimPhase phase)
    {
        if (phase != SimPhase.Settling)
        {
            return;
        }

        ClientSession client = world.Client.Session;
        ServerSession server = world.Server.Session;
        Check(server.PeerAnnouncement is not null, "the server does not know its client");
        Check(client.PeerAnnouncement is not null, "the client does not know its server");
        Check(server.Connection.SendsReports && client.Connection.SendsReports, "losses are not reported");
        Check(client.Connection.Arrivals.Highest <= server.Connection.Datagrams.NextSequence, "the client counts datagrams that were never sent");
        Check(server.Connection.Arrivals.Highest <= client.Connection.Datagrams.NextSequence, "the server counts datagrams that were never sent");
    }
}
