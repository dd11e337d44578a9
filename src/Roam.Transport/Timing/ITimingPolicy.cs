namespace Roam.Transport;

/// <summary>
/// Every decision about when a side sends. The wire format does not depend on it, so two policies can meet, and be compared in the simulator.
/// One object serves one connection and may keep state of its own. Times come in; nothing here asks for a clock.
/// The questions come first; then the events, which a policy without memory leaves alone.
/// </summary>
public interface ITimingPolicy
{
    /// <summary>The time between two frames of a busy program, in milliseconds; prediction paces itself by it.</summary>
    long SendIntervalMillis(in RoundTrip roundTrip);

    /// <summary>How long an unacknowledged state waits before it counts as lost, in milliseconds.</summary>
    long RetransmitTimeoutMillis(in RoundTrip roundTrip);

    /// <summary>May the peer be assumed to have a state that was sent then? (The walk over the sent states stops at the first that fails.)</summary>
    bool IsBelievedDelivered(Instant now, Instant sentAt, in RoundTrip roundTrip);

    /// <summary>Chance that the next datagram is lost, as far as is known, in parts per million.</summary>
    int Loss => 0;

    /// <summary>When to send next, and why.</summary>
    SendPlan Plan(in TimingInputs inputs);

    /// <summary>When an acknowledgement is due after a datagram left: the regular one.</summary>
    Instant AckDueAfterSend(Instant now);

    /// <summary>When an acknowledgement is due after a new newest state with a diff came in.</summary>
    Instant AckDueAfterNewState(Instant now, int diffBytes);

    /// <summary>
    /// The peer sent a state that is held already, in a new datagram, and does not know our acknowledgement of it, which first left at the given time.
    /// When to say it again; Never: not out of turn.
    /// </summary>
    Instant AckDueAfterRepeat(Instant now, Instant ackFirstSentAt, in RoundTrip roundTrip) => Instant.Never;

    /// <summary>Send the diff from the acknowledged state instead of the one from the assumed state? It cannot miss its base (prophylactic resend).</summary>
    bool PrefersAcknowledgedBase(int assumedDiffBytes, int acknowledgedDiffBytes);

    /// <summary>May unacknowledged data of this size go again with an acknowledgement that is due? Else that goes bare.</summary>
    bool RidesAlong(int diffBytes) => true;

    /// <summary>An authentic datagram of the peer. Old and repeated ones come here too; the newest has a number above all before.</summary>
    void TakeDatagram(Instant now, ulong sequence, bool isNewest, in RoundTrip roundTrip)
    {
    }

    /// <summary>A round-trip sample; also one too long to count for the smoothed value.</summary>
    void TakeRoundTrip(Instant now, long sampleMillis, in RoundTrip roundTrip)
    {
    }

    /// <summary>A new newest state of the peer with something in it.</summary>
    void TakeNewState(Instant now)
    {
    }

    /// <summary>An instruction leaves.</summary>
    void TakeSent(in SentInstruction sent, in RoundTrip roundTrip)
    {
    }

    /// <summary>The peer acknowledged a state for the first time.</summary>
    void TakeAcknowledgement(in AckedState acked, in RoundTrip roundTrip)
    {
    }

    /// <summary>The peer says how many datagrams of ours arrived there, of the first <paramref name="highest"/>. Comes only from a peer that sends loss reports.</summary>
    void TakeReport(Instant now, ulong received, ulong highest)
    {
    }

    /// <summary>A state that is not acknowledged is known not to have arrived, and has not left again since.</summary>
    void TakeLost(Instant now)
    {
    }

    /// <summary>Before <see cref="PathChanged"/>: the path loses nothing by itself (a stream through ssh), or again may.</summary>
    void SetReliable(bool isReliable)
    {
    }

    /// <summary>The path to the peer is another one now: what was learned about the old one need not hold.</summary>
    void PathChanged(Instant now)
    {
    }
}
