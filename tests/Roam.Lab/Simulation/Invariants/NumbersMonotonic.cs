namespace Roam.Lab;

/// <summary>S2: state numbers and acknowledgements never go back; nothing is acknowledged that the peer has not.</summary>
internal sealed class NumbersMonotonic() : Invariant("S2 monotonic")
{
    private readonly (ulong Sent, ulong Acked, ulong Received)[] _last = new (ulong, ulong, ulong)[2];

    public override void AfterTurn(SimWorld world, SimNode node)
    {
        (ulong sent, ulong acked, ulong received) = _last[(int)node.Side];
        Check(node.LastSentNumber >= sent, $"{node.Name}: newest sent state fell from {sent} to {node.LastSentNumber}");
        Check(node.AckedByPeer >= acked, $"{node.Name}: newest acknowledged state fell from {acked} to {node.AckedByPeer}");
        Check(node.RemoteNumber >= received, $"{node.Name}: newest received state fell from {received} to {node.RemoteNumber}");
        Check(node.AckedByPeer <= node.LastSentNumber, $"{node.Name}: state {node.AckedByPeer} is acknowledged, the newest sent is {node.LastSentNumber}");
        ulong held = world.Other(node).RemoteNumber;
        Check(node.AckedByPeer <= held, $"{node.Name}: state {node.AckedByPeer} is acknowledged, the peer's newest is {held}");
        _last[(int)node.Side] = (node.LastSentNumber, node.AckedByPeer, node.RemoteNumber);
    }
}
