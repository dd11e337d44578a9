using Roam.Transport;

namespace Roam.Lab;

/// <summary>S3: no nonce is used twice: the direction bit is the sender's and its sequence numbers only rise.</summary>
internal sealed class NonceUnique() : Invariant("S3 nonce")
{
    private readonly ulong[] _next = new ulong[2];

    public override void OnTransmit(SimWorld world, SimNode node, SimPacket packet)
    {
        Check(SimSeal.IsFromServer(packet.Datagram) == (node.Side == Side.Server), $"the {node.Name} sends under the peer's direction bit");
        Check(packet.Sequence >= _next[(int)node.Side], $"the {node.Name} uses sequence number {packet.Sequence} again");
        _next[(int)node.Side] = packet.Sequence + 1;
    }
}
