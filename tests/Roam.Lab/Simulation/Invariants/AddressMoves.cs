using Roam.Transport;

namespace Roam.Lab;

/// <summary>S6: the server's idea of the client's address moves only with an authentic datagram of a newer sequence number than any before.</summary>
internal sealed class AddressMoves(SessionKey key) : Invariant("S6 address")
{
    private readonly SimSeal _seal = new(key);
    private ulong _next;
    private PeerAddress _expected;

    public override void AfterDelivery(SimWorld world, SimNode node, SimPacket packet, ReceiveResult result)
    {
        if (node.Side == Side.Client || node.IsFinished)
        {
            return;
        }

        if (!packet.IsTampered && packet.Sequence >= _next)
        {
            // A challenge and its answer ask of a path, and move nobody to it.
            _next = packet.Sequence + 1;
            _expected = IsProbing(packet) ? _expected : packet.Address.ToPeer();
        }

        Check(node.Peer.IsNone || node.Peer == _expected, $"the server follows a datagram with sequence number {packet.Sequence} (newest {_next - 1}) to {packet.Address}");
    }

    private bool IsProbing(SimPacket packet) =>
        _seal.TryOpen(packet, out OpenedDatagram opened)
        && opened.Fragment.Length > FragmentHeader.Bytes
        && FragmentHeader.Read(opened.Fragment).Id == FragmentHeader.StreamsId
        && opened.Fragment[FragmentHeader.Bytes] is (byte)FrameType.PathChallenge or (byte)FrameType.PathResponse;
}
