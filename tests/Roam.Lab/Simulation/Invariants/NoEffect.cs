using Roam.Transport;

namespace Roam.Lab;

/// <summary>S5: a changed, invented or repeated datagram changes nothing.</summary>
internal sealed class NoEffect() : Invariant("S5 no effect")
{
    private Fingerprint _before;

    public override void BeforeDelivery(SimWorld world, SimNode node, SimPacket packet)
    {
        if (packet.IsTampered || packet.IsRepeat)
        {
            _before = Of(node);
        }
    }

    public override void AfterDelivery(SimWorld world, SimNode node, SimPacket packet, ReceiveResult result)
    {
        if (packet.IsTampered)
        {
            Check(result is ReceiveResult.TooShort or ReceiveResult.NotAuthentic or ReceiveResult.WrongDirection, $"a changed datagram is {result} at the {node.Name}");
        }

        if (packet.IsTampered || packet.IsRepeat)
        {
            Fingerprint after = Of(node);
            Check(after == _before, $"an old or changed datagram (sequence number {packet.Sequence}) changed the {node.Name}: {_before} became {after}");
        }
    }

    private static Fingerprint Of(SimNode node) => new(
        node.RemoteNumber, node.AckedByPeer, node.LastSentNumber, node.Peer.IsNone ? default : SimAddress.FromPeer(node.Peer), node.SrttMillis, node.RtoMillis, node.LocalFingerprint, node.RemoteFingerprint);

    private readonly record struct Fingerprint(ulong Remote, ulong Acked, ulong Sent, SimAddress Peer, long Srtt, long Rto, ulong Local, ulong RemoteContent);
}
