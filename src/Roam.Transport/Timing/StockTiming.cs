namespace Roam.Transport;

/// <summary>The timing of mosh 1.4 (ssp.md section 5), but for the first frames of a session, which do not wait for a round-trip time nobody knows yet.</summary>
/// <param name="firstFramesAtOnce">False: exactly as stock, which holds its first frame for 250 ms.</param>
public sealed class StockTiming(bool firstFramesAtOnce = true) : ITimingPolicy
{
    public const long SendIntervalMinMillis = 20;
    public const long SendIntervalMaxMillis = 250;

    /// <summary>A program writes a screen in pieces: the server waits for the rest. A user's keys come one by one.</summary>
    public const long ServerCollectionMillis = 8;
    public const long ClientCollectionMillis = 1;

    public const long AckIntervalMillis = 3000;

    /// <summary>Time for the answer of a program to carry the acknowledgement.</summary>
    public const long AckDelayMillis = 100;

    /// <summary>RFC 6298 has a least RTO of 1 s; here that is the most, since a lost keystroke is felt at once.</summary>
    public const long RtoMinMillis = 50;
    public const long RtoMaxMillis = 1000;

    /// <summary>A peer silent for longer gets no repairs, only the regular acknowledgement (which carries what is waiting).</summary>
    public const long ActiveRetryMillis = 10_000;

    /// <summary>A diff from the acknowledged state is preferred below this size ...</summary>
    public const int ProphylacticBytesMax = 1000;

    /// <summary>... when it is longer by less than this.</summary>
    public const int ProphylacticExtraBytesMax = 100;

    /// <summary>
    /// Before the first round-trip sample: 4 instructions as soon as they are collected, 4 more at the least interval, then stock's 250 ms until a sample comes.
    /// It cannot flood: 8 instructions in all, and on a path that answers at all the sample is there within one round trip.
    /// </summary>
    public const int FirstInstructionsAtOnceMax = 4;
    public const int FirstInstructionsMax = 8;

    /// <summary>Server's collection for the instructions that go at once: a shell writes its first prompt in one piece.</summary>
    public const long FirstCollectionMillis = 2;

    /// <summary>Stock looks neither for loss nor for the path's size: as if all were lost, nothing is concluded from what does not arrive.</summary>
    public int Loss => Ratio.One;

    public long SendIntervalMillis(in RoundTrip roundTrip)
    {
        long half = CeilMillis(roundTrip.SrttMicros, 2);
        return Math.Clamp(half, SendIntervalMinMillis, SendIntervalMaxMillis);
    }

    public long RetransmitTimeoutMillis(in RoundTrip roundTrip)
    {
        long rto = CeilMillis(roundTrip.SrttMicros + (4 * roundTrip.RttvarMicros), 1);
        return Math.Clamp(rto, RtoMinMillis, RtoMaxMillis);
    }

    public bool IsBelievedDelivered(Instant now, Instant sentAt, in RoundTrip roundTrip) =>
        now < sentAt.PlusMillis(RetransmitTimeoutMillis(roundTrip) + AckDelayMillis);

    public SendPlan Plan(in TimingInputs inputs)
    {
        Instant paced = Paced(inputs);
        if (inputs.IsShuttingDown)
        {
            return new SendPlan(Instant.Max(paced, inputs.LastSend.PlusMillis(SendIntervalMinMillis)), SendReason.Shutdown);
        }

        SendPlan data = PlanData(inputs, paced);
        return data.At <= inputs.AckDue ? data : new SendPlan(inputs.AckDue, SendReason.Acknowledge);
    }

    public Instant AckDueAfterSend(Instant now) => now.PlusMillis(AckIntervalMillis);

    public Instant AckDueAfterNewState(Instant now, int diffBytes) => now.PlusMillis(AckDelayMillis);

    public bool PrefersAcknowledgedBase(int assumedDiffBytes, int acknowledgedDiffBytes) =>
        acknowledgedDiffBytes <= assumedDiffBytes
        || (acknowledgedDiffBytes < ProphylacticBytesMax && acknowledgedDiffBytes - assumedDiffBytes < ProphylacticExtraBytesMax);

    private SendPlan PlanData(in TimingInputs inputs, Instant paced)
    {
        if (inputs.FirstChange != Instant.Never)
        {
            return new SendPlan(Instant.Max(inputs.FirstChange.PlusMillis(CollectionMillis(inputs)), paced), SendReason.NewState);
        }

        if (inputs.Now >= inputs.LastHeard.PlusMillis(ActiveRetryMillis))
        {
            return SendPlan.Idle;
        }

        if (inputs.DiffersFromAssumed)
        {
            return new SendPlan(paced, SendReason.Repair);
        }

        return inputs.DiffersFromAcknowledged
            ? new SendPlan(inputs.LastSend.PlusMillis(RetransmitTimeoutMillis(inputs.RoundTrip) + AckDelayMillis), SendReason.Repair)
            : SendPlan.Idle;
    }

    private long CollectionMillis(in TimingInputs inputs)
    {
        if (inputs.Side == Side.Client)
        {
            return ClientCollectionMillis;
        }

        return GoesAtOnce(inputs) ? FirstCollectionMillis : ServerCollectionMillis;
    }

    /// <summary>The earliest time that the pace allows.</summary>
    private Instant Paced(in TimingInputs inputs)
    {
        if (GoesAtOnce(inputs))
        {
            return inputs.LastSend;
        }

        bool isEarly = firstFramesAtOnce && !inputs.RoundTrip.IsKnown && inputs.InstructionsSent < FirstInstructionsMax;
        return inputs.LastSend.PlusMillis(isEarly ? SendIntervalMinMillis : SendIntervalMillis(inputs.RoundTrip));
    }

    private bool GoesAtOnce(in TimingInputs inputs) =>
        firstFramesAtOnce && !inputs.RoundTrip.IsKnown && inputs.InstructionsSent < FirstInstructionsAtOnceMax;

    private static long CeilMillis(long micros, long divisor) => (micros + (1000 * divisor) - 1) / (1000 * divisor);
}
