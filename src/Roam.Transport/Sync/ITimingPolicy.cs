namespace Roam.Transport;

/// <summary>
/// Every decision about when a side sends. The wire format does not depend on it, so two policies can meet, and be compared in the simulator.
/// One object serves one connection; it may keep state of its own. Times come in; nothing here asks for a clock.
/// </summary>
public interface ITimingPolicy
{
    /// <summary>The least time between two frames, in milliseconds; prediction paces itself by it.</summary>
    long SendIntervalMillis(in RoundTrip roundTrip);

    /// <summary>How long an unacknowledged state waits before it counts as lost, in milliseconds.</summary>
    long RetransmitTimeoutMillis(in RoundTrip roundTrip);

    /// <summary>May the peer be assumed to have a state that was sent then? (The walk over the sent states stops at the first that fails.)</summary>
    bool IsBelievedDelivered(Instant now, Instant sentAt, in RoundTrip roundTrip);

    /// <summary>When to send next, and why.</summary>
    SendPlan Plan(in TimingInputs inputs);

    /// <summary>When an acknowledgement is due after a datagram left: the regular one.</summary>
    Instant AckDueAfterSend(Instant now);

    /// <summary>When an acknowledgement is due after a new newest state with a diff came in.</summary>
    Instant AckDueAfterNewState(Instant now);

    /// <summary>Send the diff from the acknowledged state instead of the one from the assumed state? It cannot miss its base (prophylactic resend).</summary>
    bool PrefersAcknowledgedBase(int assumedDiffBytes, int acknowledgedDiffBytes);

    /// <summary>The path to the peer is another one now: what was learned about the old one need not hold.</summary>
    void PathChanged(Instant now);
}
