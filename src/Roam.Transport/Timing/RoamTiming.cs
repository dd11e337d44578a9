namespace Roam.Transport;

/// <summary>
/// Roam's own timing: small changes leave at once, as many as a token bucket lets; large frames are paced by what the path is measured to carry; on a lossy path
/// small frames go more than once; a late acknowledgement is asked for after little more than a round trip. The wire is stock's, so the peer may be stock.
/// docs/timing.md has the reasons and the measurements behind the constants. One object for one connection.
/// </summary>
public sealed partial class RoamTiming : ITimingPolicy
{
    /// <summary>The program has been silent for so long after the user typed: its answer is complete.</summary>
    public const long QuietMicros = 500;

    /// <summary>The same for what a program writes unasked: nobody waits for it, and its pieces make one frame.</summary>
    public const long UnaskedQuietMicros = 4000;

    /// <summary>A program that goes on writing is waited for no longer than this (stock always waits so long).</summary>
    public const long CollectMaxMicros = 8000;

    /// <summary>A diff up to this size makes a small frame: one datagram, no pacing beyond the bucket's.</summary>
    public const int SmallBytes = 400;

    public const long AckIntervalMillis = 3000;
    public const long AckDelayMillis = 100;

    /// <summary>
    /// Between two Roam peers a small frame over a clean path may wait so long for its acknowledgement: mostly the next key comes before and carries it. Stock would take it for lost.
    /// Large frames are acknowledged sooner, since their sender measures the path by it.
    /// </summary>
    private const long LongAckDelayMillis = 200;
    private const int CleanLossMax = 10_000;

    /// <summary>A little more than the peer's limit: our view of it is a report old.</summary>
    private const int HoldLossMax = 20_000;

    /// <summary>A repeat of a state means that our acknowledgement was lost; a moment later, in case there is news to carry it.</summary>
    private const long RepeatAckMillis = 2;

    /// <summary>The first datagrams of a session are answered at once: both sides then know the empty path's round trip before the program has written much.</summary>
    private const int FirstDatagrams = 2;

    /// <summary>
    /// An echo acknowledgement waits for half a round trip for something to ride on, and no longer than this: it then arrives a little before the peer acknowledges the echo, and
    /// both are acknowledged at once.
    /// </summary>
    private const long MinorWaitMaxMillis = AckDelayMillis - 8;

    /// <summary>Tokens that copies must leave to new data, and those of a mere echo acknowledgement.</summary>
    private const int CopyReserve = 2;
    private const int MinorCopyReserve = 4;

    /// <summary>A copy of a probe on a lossy path comes after this.</summary>
    private const int ProbeCopies = 1;

    /// <summary>A path that nothing came from for so long, while something waits for an answer, is taken for dead: new data then goes at the pace below, stock's slowest.</summary>
    private const long SilentMinMicros = 1_000_000;
    private const int SilentRoundTrips = 3;
    private const long SilentPaceMicros = 250_000;

    /// <summary>What the program writes so soon after the user typed is an answer. One large frame of it may go between the others.</summary>
    private const long ReplyMicros = 50_000;
    private const long ReplyQuietMicros = 3000;
    private const long ReplyApartMicros = 8000;
    private const long ReplyWaitPercent = 110;

    /// <summary>Above this loss or reordering a frame never builds on one that may be missing (pitfall 11).</summary>
    private const int ChainLossMax = CopySchedule.TwiceAt;
    private const int AcknowledgedBasePercent = 115;
    private const int AcknowledgedBaseExtraBytes = 100;

    private readonly StockTiming _stock = new();
    private readonly LossEstimator _loss = new();
    private readonly QueueEstimator _queue = new();
    private readonly TailProbe _tail = new();
    private readonly LargePace _large = new();
    private TokenBucket _tokens = new();
    private CopySchedule _copies;

    /// <summary>Through ssh nothing is lost as long as the connection lives: asking again would only add to a queue. Longer than TCP's own first repair (RFC 6298, section 2: one second).</summary>
    private const long ReliableProbeMicros = 1_200_000;

    private bool _isReliable;

    public int Loss => _isReliable ? 0 : _loss.Ours;

    private bool MayMissBase => Loss >= ChainLossMax || (!_isReliable && _loss.Reordered >= ChainLossMax);

    public long SendIntervalMillis(in RoundTrip roundTrip) => _stock.SendIntervalMillis(roundTrip);

    public long RetransmitTimeoutMillis(in RoundTrip roundTrip) => _stock.RetransmitTimeoutMillis(roundTrip);

    public bool IsBelievedDelivered(Instant now, Instant sentAt, in RoundTrip roundTrip) => now < sentAt.PlusMicros(ProbeAfterMicros(roundTrip, 0));

    public Instant AckDueAfterSend(Instant now) => now.PlusMillis(AckIntervalMillis);

    public Instant AckDueAfterNewState(Instant now, int diffBytes)
    {
        if (_datagrams <= FirstDatagrams)
        {
            return now;
        }

        bool mayWait = _loss.HasReport && _loss.Incoming < CleanLossMax && diffBytes <= SmallBytes;
        return now.PlusMillis(mayWait ? LongAckDelayMillis : AckDelayMillis);
    }

    public Instant AckDueAfterRepeat(Instant now, Instant ackFirstSentAt, in RoundTrip roundTrip) =>
        roundTrip.IsKnown && now.Micros - ackFirstSentAt.Micros >= roundTrip.SrttMicros * 9 / 10 ? now.PlusMillis(RepeatAckMillis) : Instant.Never;

    public bool PrefersAcknowledgedBase(int assumedDiffBytes, int acknowledgedDiffBytes) =>
        _stock.PrefersAcknowledgedBase(assumedDiffBytes, acknowledgedDiffBytes)
        || (MayMissBase && acknowledgedDiffBytes <= (assumedDiffBytes * AcknowledgedBasePercent / 100) + AcknowledgedBaseExtraBytes);

    public bool RidesAlong(int diffBytes) => diffBytes <= SmallBytes;

    public SendPlan Plan(in TimingInputs inputs)
    {
        SendPlan data = inputs.IsShuttingDown ? _stock.Plan(inputs) : PlanData(inputs);
        return data.At <= inputs.AckDue ? data : new SendPlan(inputs.AckDue, SendReason.Acknowledge);
    }

    private SendPlan PlanData(in TimingInputs inputs)
    {
        if (inputs.FirstChange != Instant.Never)
        {
            return new SendPlan(PlanNewState(inputs), SendReason.NewState);
        }

        bool isSettled = inputs.OldestUnacknowledgedAt == Instant.Never || !inputs.DiffersFromAcknowledged;
        if (isSettled || inputs.Now >= HeardAt(inputs).PlusMillis(StockTiming.ActiveRetryMillis))
        {
            return SendPlan.Idle;
        }

        Instant copy = PlanCopy(inputs);
        Instant probe = Instant.Min(_lostAt, _lastDataSent.PlusMicros(ProbeAfterMicros(inputs.RoundTrip, _probes)));
        return copy <= probe ? new SendPlan(copy, SendReason.Copy) : new SendPlan(probe, SendReason.Probe);
    }

    private Instant PlanNewState(in TimingInputs inputs)
    {
        Instant ready = Ready(inputs);
        bool isLarge = inputs.PendingDiffBytes > SmallBytes;
        Instant at = isLarge ? PlanLarge(inputs, ready) : Instant.Max(ready, _tokens.When(1, inputs.Now, inputs.RoundTrip));
        return IsSilent(inputs) ? Instant.Max(at, inputs.LastSend.PlusMicros(SilentPaceMicros)) : at;
    }

    /// <summary>When the local state is worth sending.</summary>
    private Instant Ready(in TimingInputs inputs)
    {
        if (inputs.IsMinorChange && Loss < CopySchedule.TwiceAt)
        {
            // Rides on the next echo, if that comes first.
            return Instant.Max(inputs.FirstChange, inputs.LastSend.PlusMillis(Math.Min(SendIntervalMillis(inputs.RoundTrip), MinorWaitMaxMillis)));
        }

        return inputs.Side == Side.Client || inputs.IsMinorChange
            ? inputs.FirstChange
            : Instant.Min(inputs.LastChange.PlusMicros(QuietAfter(inputs.FirstChange)), inputs.FirstChange.PlusMicros(CollectMaxMicros));
    }

    private long QuietAfter(Instant change) => change.Micros - _lastInput.Micros <= ReplyMicros ? QuietMicros : UnaskedQuietMicros;

    private Instant PlanLarge(in TimingInputs inputs, Instant ready)
    {
        Instant at = Instant.Max(ready, _large.LastSent.PlusMicros(_large.IntervalMicros(inputs.Now, inputs.RoundTrip, _queue)));
        if (!_hasReplied && inputs.Now.Micros - _lastInput.Micros <= ReplyMicros && _queue.IsKnown)
        {
            long apart = Math.Max(ReplyApartMicros, _queue.WaitMicros(inputs.Now) * ReplyWaitPercent / 100);
            Instant reply = Instant.Max(inputs.LastChange.PlusMicros(ReplyQuietMicros), _large.LastSent.PlusMicros(apart));
            at = Instant.Min(at, Instant.Max(reply, _tokens.When(1, inputs.Now, inputs.RoundTrip)));
        }

        return IsStuck(inputs) ? Instant.Max(at, _large.LastSent.PlusMicros(Math.Min(2 * inputs.RoundTrip.SrttMicros, StuckMaxMicros))) : at;
    }

    /// <summary>On a path without loss, large frames that stay unanswered far beyond a round trip lie in a queue: more of them would only make it longer.</summary>
    private bool IsStuck(in TimingInputs inputs)
    {
        if (MayMissBase || _largeUnacknowledgedSince == Instant.Never)
        {
            return false;
        }

        long empty = _queue.IsKnown ? _queue.EmptyMicros + StuckExtraMicros : long.MaxValue;
        long patience = (2 * Math.Min(inputs.RoundTrip.SrttMicros, empty)) + StuckMinMicros;
        return inputs.Now.Micros - Math.Max(_largeUnacknowledgedSince.Micros, _lastProgress.Micros) > patience;
    }

    private bool IsSilent(in TimingInputs inputs)
    {
        long silent = Math.Max(SilentMinMicros, SilentRoundTrips * inputs.RoundTrip.SrttMicros);
        return inputs.OldestUnacknowledgedAt != Instant.Never
            && inputs.Now.Micros - Math.Max(inputs.OldestUnacknowledgedAt.Micros, HeardAt(inputs).Micros) > silent;
    }

    private Instant PlanCopy(in TimingInputs inputs)
    {
        Instant due = _copies.Next;
        return due == Instant.Never ? due : Instant.Max(due, _tokens.When(_lastIsMinor ? MinorCopyReserve : CopyReserve, inputs.Now, inputs.RoundTrip));
    }

    private long ProbeAfterMicros(in RoundTrip roundTrip, int probes)
    {
        // What the peer knows of our loss it has reported, so both ends know whether it holds back for long.
        bool mayHoldLong = _loss.HasReport && _loss.Ours < HoldLossMax && !_lastIsLarge;
        long heldMicros = (mayHoldLong ? LongAckDelayMillis : AckDelayMillis) * 1000;
        long wait = _tail.AfterMicros(roundTrip, RetransmitTimeoutMillis(roundTrip) * 1000, heldMicros, probes);
        return _isReliable ? Math.Max(wait, ReliableProbeMicros) : wait;
    }
}
