namespace Roam.Lab;

/// <summary>L2: an idle session sends one datagram a side in the acknowledgement interval, and wakes up for hardly more than that.</summary>
internal sealed class IdleQuiet() : Invariant("L2 idle")
{
    /// <summary>One in 3 s, and one more at the borders of the phase.</summary>
    private const long DatagramsMax = (SimRun.IdleMillis / 3000) + 1;

    /// <summary>Stock's server wakes up 0.7 times a second.</summary>
    private const long WakesMax = SimRun.IdleMillis * 7 / 10_000;

    private readonly long[] _datagrams = new long[2];
    private readonly long[] _wakes = new long[2];

    public override void AtEndOf(SimWorld world, SimPhase phase)
    {
        foreach (SimNode node in (SimNode[])[world.Client, world.Server])
        {
            int i = (int)node.Side;
            if (phase == SimPhase.Idle)
            {
                Check(node.DatagramsSent - _datagrams[i] <= DatagramsMax, $"the idle {node.Name} sent {node.DatagramsSent - _datagrams[i]} datagrams in {SimRun.IdleMillis} ms");
                Check(node.TimeoutTurns - _wakes[i] <= WakesMax, $"the idle {node.Name} woke up {node.TimeoutTurns - _wakes[i]} times in {SimRun.IdleMillis} ms");
            }

            (_datagrams[i], _wakes[i]) = (node.DatagramsSent, node.TimeoutTurns);
        }
    }
}
