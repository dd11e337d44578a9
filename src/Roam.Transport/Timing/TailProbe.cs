namespace Roam.Transport;

/// <summary>
/// How long to wait for an acknowledgement before the newest state goes once more: a little over a round trip, plus the time for which this peer holds
/// acknowledgements back, which is learned (timing.md section 2; RFC 8985 section 7 has the name). A peer answers either quickly or after its delay (stock's 100 ms, ours up to 200), so two classes
/// and no mean (pitfall 3).
/// </summary>
internal sealed class TailProbe
{
    private const long MinMicros = 30_000;
    private const long MaxMicros = 2_000_000;

    /// <summary>Before any round trip is known.</summary>
    private const long FirstMicros = 250_000;

    /// <summary>Acknowledged within this beyond the round trip: a peer that answers quickly.</summary>
    private const long QuickMicros = 15_000;
    private const long QuickPadMicros = 3000;
    private const long HeldPadMicros = 5000;

    /// <summary>A longer delay is a lost acknowledgement, not a habit.</summary>
    private const long DelayMaxMicros = 250_000;
    private const int DelaysMax = 8;

    /// <summary>So many probes go no later than stock's pace.</summary>
    private const int CappedProbes = 4;

    private readonly long[] _delays = new long[DelaysMax];
    private int _count;

    /// <summary>An acknowledgement came without having been asked for, so long after its state left.</summary>
    internal void TakeDelay(long sinceSentMicros, in RoundTrip roundTrip)
    {
        long delay = Math.Max(0, sinceSentMicros - roundTrip.SrttMicros);
        if (roundTrip.IsKnown && delay < DelayMaxMicros)
        {
            Array.Copy(_delays, 0, _delays, 1, DelaysMax - 1);
            _delays[0] = delay;
            _count = Math.Min(_count + 1, DelaysMax);
        }
    }

    /// <summary>From the last datagram with the data to the next probe.</summary>
    /// <param name="roundTrip">The path.</param>
    /// <param name="timeoutMicros">Stock's retransmission timeout: with the hold it bounds the first probes' wait, as stock's.</param>
    /// <param name="heldMicros">For how long a peer that does not answer quickly may hold this acknowledgement back.</param>
    /// <param name="probes">Probes already sent for this data.</param>
    internal long AfterMicros(in RoundTrip roundTrip, long timeoutMicros, long heldMicros, int probes)
    {
        long wait = FirstMicros;
        if (roundTrip.IsKnown)
        {
            long margin = Math.Max(roundTrip.SrttMicros / 4, 3 * roundTrip.RttvarMicros);
            wait = Math.Max(MinMicros, roundTrip.SrttMicros + margin) + PeerDelayMicros(heldMicros);
        }

        // 1.5 each time: a peer of stock's kind does not acknowledge a state twice, so a lost acknowledgement looks like a dead path (pitfall 4).
        for (int i = 0; i < probes && wait < MaxMicros; i++)
        {
            wait += wait / 2;
        }

        wait = probes < CappedProbes ? Math.Min(wait, timeoutMicros + heldMicros) : wait;
        return Math.Min(wait, MaxMicros);
    }

    internal void Reset() => _count = 0;

    private long PeerDelayMicros(long heldMicros)
    {
        long longest = _count == 0 ? long.MaxValue : 0;
        for (int i = 0; i < _count; i++)
        {
            longest = Math.Max(longest, _delays[i]);
        }

        return longest <= QuickMicros ? longest + QuickPadMicros : heldMicros + HeldPadMicros;
    }
}
