using Roam.Transport;

namespace Roam.Lab;

/// <summary>S1: what a receiver holds as state n is what the sender called n.</summary>
internal sealed class StatesEqual() : Invariant("S1 states equal")
{
    private readonly Dictionary<ulong, ulong>[] _sent = [[], []];
    private readonly ulong[] _newest = new ulong[2];

    public override void OnTransmit(SimWorld world, SimNode node, SimPacket packet)
    {
        ulong number = node.LastSentNumber;
        if (number != _newest[(int)node.Side] && number != SspLimits.ShutdownNumber)
        {
            _newest[(int)node.Side] = number;
            _sent[(int)node.Side].Add(number, node.LocalFingerprint);
        }
    }

    public override void AfterDelivery(SimWorld world, SimNode node, SimPacket packet, ReceiveResult result)
    {
        if (result == ReceiveResult.NewState && node.RemoteNumber != SspLimits.ShutdownNumber)
        {
            SimNode sender = world.Other(node);
            Check(_sent[(int)sender.Side].TryGetValue(node.RemoteNumber, out ulong sent), $"the {node.Name} holds state {node.RemoteNumber}, which was never sent");
            Check(node.RemoteFingerprint == sent, $"state {node.RemoteNumber} differs between the {sender.Name}, who sent it, and the {node.Name}");
        }
    }
}
