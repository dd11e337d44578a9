using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Stock's timing, which writes down the loss reports it is given.</summary>
internal sealed class RecordingTiming : ITimingPolicy
{
    private readonly StockTiming _stock = new();

    public List<(ulong Received, ulong Highest)> Reports { get; } = [];

    public long SendIntervalMillis(in RoundTrip roundTrip) => _stock.SendIntervalMillis(roundTrip);

    public long RetransmitTimeoutMillis(in RoundTrip roundTrip) => _stock.RetransmitTimeoutMillis(roundTrip);

    public bool IsBelievedDelivered(Instant now, Instant sentAt, in RoundTrip roundTrip) => _stock.IsBelievedDelivered(now, sentAt, roundTrip);

    public SendPlan Plan(in TimingInputs inputs) => _stock.Plan(inputs);

    public Instant AckDueAfterSend(Instant now) => _stock.AckDueAfterSend(now);

    public Instant AckDueAfterNewState(Instant now, int diffBytes) => _stock.AckDueAfterNewState(now, diffBytes);

    public bool PrefersAcknowledgedBase(int assumedDiffBytes, int acknowledgedDiffBytes) => _stock.PrefersAcknowledgedBase(assumedDiffBytes, acknowledgedDiffBytes);

    public void TakeReport(Instant now, ulong received, ulong highest) => Reports.Add((received, highest));
}
