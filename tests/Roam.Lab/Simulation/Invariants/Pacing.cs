using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// Q1: new contents leave a side no faster than one in 20 ms for long. A few may go at once: a bucket of tokens, which large frames at their own pace may overdraw by one.
/// </summary>
internal sealed class Pacing() : Invariant("Q1 pacing")
{
    private const double Capacity = TokenBucket.TokensMax + 2;
    private const double MicrosPerToken = StockTiming.SendIntervalMinMillis * 1000;

    private readonly ulong[] _number = new ulong[2];
    private readonly ulong[] _content = new ulong[2];
    private readonly double[] _tokens = [Capacity, Capacity];
    private readonly long[] _at = new long[2];

    public override void OnTransmit(SimWorld world, SimNode node, SimPacket packet)
    {
        int i = (int)node.Side;
        if (node.LastSentNumber == _number[i] || node.LastSentNumber == SspLimits.ShutdownNumber)
        {
            return;
        }

        _number[i] = node.LastSentNumber;
        ulong content = node.SentFingerprint;
        if (content == _content[i])
        {
            return;
        }

        _content[i] = content;
        _tokens[i] = Math.Min(Capacity, _tokens[i] + ((world.NowMicros - _at[i]) / MicrosPerToken)) - 1;
        _at[i] = world.NowMicros;
        bool isDisturbed = world.NowMicros < node.DisturbedUntilMicros;
        Check(isDisturbed || _tokens[i] >= 0, $"the {node.Name} sends new contents faster than one in 20 ms: {-_tokens[i]:F2} too many");
    }
}
