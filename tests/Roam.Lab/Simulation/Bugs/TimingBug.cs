using Roam.Transport;

namespace Roam.Lab;

/// <summary>Mistakes in the timing policy.</summary>
internal sealed class TimingBug(PlantedBug bug) : SimBugBox
{
    public override ITimingPolicy Change(ITimingPolicy timing, Side side) => new Policy(bug, timing);

    private sealed class Policy(PlantedBug bug, ITimingPolicy right) : ITimingPolicy
    {
        private const int ChattyMillis = 200;

        public int Loss => right.Loss;

        public long SendIntervalMillis(in RoundTrip roundTrip) => right.SendIntervalMillis(roundTrip);

        public long RetransmitTimeoutMillis(in RoundTrip roundTrip) => right.RetransmitTimeoutMillis(roundTrip);

        public bool IsBelievedDelivered(Instant now, Instant sentAt, in RoundTrip roundTrip) =>
            bug == PlantedBug.NoRepair || right.IsBelievedDelivered(now, sentAt, roundTrip);

        public SendPlan Plan(in TimingInputs inputs)
        {
            SendPlan plan = right.Plan(inputs);
            return bug switch
            {
                PlantedBug.NoRepair when plan.Reason is SendReason.Repair or SendReason.Copy or SendReason.Probe => new SendPlan(inputs.AckDue, SendReason.Acknowledge),
                PlantedBug.EndNeverSent when plan.Reason == SendReason.Shutdown => SendPlan.Idle,
                PlantedBug.NoPacing when plan.Reason == SendReason.NewState => plan with { At = inputs.FirstChange },
                _ => plan,
            };
        }

        public Instant AckDueAfterSend(Instant now) =>
            bug == PlantedBug.ChattyWhenIdle ? now.PlusMillis(ChattyMillis) : right.AckDueAfterSend(now);

        public Instant AckDueAfterNewState(Instant now, int diffBytes) => right.AckDueAfterNewState(now, diffBytes);

        public Instant AckDueAfterRepeat(Instant now, Instant ackFirstSentAt, in RoundTrip roundTrip) => right.AckDueAfterRepeat(now, ackFirstSentAt, roundTrip);

        public bool RidesAlong(int diffBytes) => right.RidesAlong(diffBytes);

        public void TakeDatagram(Instant now, ulong sequence, bool isNewest, in RoundTrip roundTrip) => right.TakeDatagram(now, sequence, isNewest, roundTrip);

        public void TakeRoundTrip(Instant now, long sampleMillis, in RoundTrip roundTrip) => right.TakeRoundTrip(now, sampleMillis, roundTrip);

        public void TakeNewState(Instant now) => right.TakeNewState(now);

        public void TakeSent(in SentInstruction sent, in RoundTrip roundTrip) => right.TakeSent(sent, roundTrip);

        public void TakeAcknowledgement(in AckedState acked, in RoundTrip roundTrip) => right.TakeAcknowledgement(acked, roundTrip);

        public bool PrefersAcknowledgedBase(int assumedDiffBytes, int acknowledgedDiffBytes) =>
            bug != PlantedBug.NoRepair && right.PrefersAcknowledgedBase(assumedDiffBytes, acknowledgedDiffBytes);

        public void TakeReport(Instant now, ulong received, ulong highest) => right.TakeReport(now, received, highest);

        public void PathChanged(Instant now) => right.PathChanged(now);
    }
}
