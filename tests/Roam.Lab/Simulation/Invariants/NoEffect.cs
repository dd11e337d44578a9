using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// S5: a changed, invented or repeated datagram changes nothing. A repeat may still bring what its first delivery did not: a part of a larger instruction, or a diff whose base
/// was not there yet; of these only address and round trip must stay.
/// </summary>
internal sealed class NoEffect(SessionKey key) : Invariant("S5 no effect")
{
    private readonly SimSeal _seal = new(key);
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
        if (node.IsFinished || (!packet.IsTampered && !packet.IsRepeat))
        {
            return;
        }

        bool isRefused = result is ReceiveResult.TooShort or ReceiveResult.NotAuthentic or ReceiveResult.WrongDirection;
        Check(!packet.IsTampered || isRefused, $"a changed datagram is {result} at the {node.Name}");
        Fingerprint after = Of(node);
        if (!packet.IsTampered && !(packet.WasNews && _seal.IsWhole(packet)))
        {
            after = _before with { Peer = after.Peer, Srtt = after.Srtt, Rto = after.Rto };
        }

        Check(after == _before, $"an old or changed datagram (sequence number {packet.Sequence}) changed the {node.Name}: {_before} became {after}");
    }

    private static Fingerprint Of(SimNode node) => new(
        node.RemoteNumber, node.AckedByPeer, node.LastSentNumber, node.Peer.IsNone ? default : SimAddress.FromPeer(node.Peer), node.SrttMillis, node.RtoMillis, node.LocalFingerprint, node.RemoteFingerprint);

    private readonly record struct Fingerprint(ulong Remote, ulong Acked, ulong Sent, SimAddress Peer, long Srtt, long Rto, ulong Local, ulong RemoteContent);
}
