using Roam.Transport;

namespace Roam.Lab;

/// <summary>Q1: new contents leave a side at most every 20 ms. The first few of a session go at once.</summary>
internal sealed class Pacing() : Invariant("Q1 pacing")
{
    private readonly ulong[] _number = new ulong[2];
    private readonly ulong[] _content = new ulong[2];
    private readonly long[] _at = [-StockTiming.SendIntervalMinMillis * 1000, -StockTiming.SendIntervalMinMillis * 1000];

    public override void OnTransmit(SimWorld world, SimNode node, SimPacket packet)
    {
        int i = (int)node.Side;
        if (node.LastSentNumber == _number[i] || node.LastSentNumber == SspLimits.ShutdownNumber)
        {
            return;
        }

        _number[i] = node.LastSentNumber;
        ulong content = node.LocalFingerprint;
        if (content == _content[i])
        {
            return;
        }

        long apart = world.NowMicros - _at[i];
        bool isDisturbed = world.NowMicros < node.DisturbedUntilMicros;
        bool isFirst = node.LastSentNumber <= StockTiming.FirstInstructionsMax;
        Check(isDisturbed || isFirst || apart >= StockTiming.SendIntervalMinMillis * 1000, $"the {node.Name} sends new contents {apart} us after the last");
        (_content[i], _at[i]) = (content, world.NowMicros);
    }
}
