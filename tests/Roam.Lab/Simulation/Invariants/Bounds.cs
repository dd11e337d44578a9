using Roam.Session;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>S4: everything that can grow stays within its named maximum; on a calm path far below it.</summary>
internal sealed class Bounds() : Invariant("S4 bounds")
{
    /// <summary>On a calm path the peer lets go of old states at once: what is in flight and a few more.</summary>
    private const int CalmReceivedStatesMax = 2 * SspLimits.SentStatesMax;

    public override void OnTransmit(SimWorld world, SimNode node, SimPacket packet) =>
        Check(packet.Length <= SspLimits.PacketBytes - SspLimits.IPv4OverheadBytes, $"the {node.Name} sends {packet.Length} bytes in a datagram");

    public override void AfterTurn(SimWorld world, SimNode node)
    {
        ServerSession server = world.Server.Session;
        ClientSession client = world.Client.Session;
        bool isServer = node.Side == Side.Server;
        int sent = isServer ? server.Connection.SentStatesHeld : client.Connection.SentStatesHeld;
        int received = isServer ? server.Connection.ReceivedStatesHeld : client.Connection.ReceivedStatesHeld;
        int receivedMax = world.Options.IsCalm ? CalmReceivedStatesMax : SspLimits.ReceivedStatesHardMax;
        Check(sent <= SspLimits.SentStatesMax, $"the {node.Name} holds {sent} sent states");
        Check(received <= receivedMax, $"the {node.Name} holds {received} received states");
        UserLog log = isServer ? server.Input.Log : client.Log;
        Check(log.Count <= UserLog.UnitsMax, $"the {node.Name} holds {log.Count} user events");
        Check(!isServer || server.Input.GivenCount <= GivenInput.EntriesMax, "the server waits for too many states to be given");
        if (!isServer)
        {
            Check(client.LocalState.Position - log.Floor <= ClientSession.WindowMax, "the client has more user events in flight than its window");
        }
    }
}
