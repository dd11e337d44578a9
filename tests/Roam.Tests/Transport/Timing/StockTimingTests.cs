using Roam.Transport;

namespace Roam.Tests.Transport.Timing;

/// <summary>The numbers of ssp.md section 5.</summary>
public sealed class StockTimingTests
{
    private static readonly Instant Start = new(100_000_000);

    private readonly StockTiming _stock = new(firstFramesAtOnce: false);

    [Theory]
    [InlineData(0, 20)]
    [InlineData(39_000, 20)]
    [InlineData(41_000, 21)]
    [InlineData(100_000, 50)]
    [InlineData(100_001, 51)]
    [InlineData(499_000, 250)]
    [InlineData(2_000_000, 250)]
    public void Send_interval_is_half_the_round_trip_within_20_and_250(long srttMicros, long expected)
    {
        Assert.Equal(expected, _stock.SendIntervalMillis(new RoundTrip(true, srttMicros, 0)));
    }

    [Theory]
    [InlineData(0, 0, 50)]
    [InlineData(100_000, 10_000, 140)]
    [InlineData(100_000, 10_001, 141)]
    [InlineData(900_000, 100_000, 1000)]
    public void Retransmission_timeout_is_srtt_and_four_deviations_within_50_and_1000(long srtt, long rttvar, long expected)
    {
        Assert.Equal(expected, _stock.RetransmitTimeoutMillis(new RoundTrip(true, srtt, rttvar)));
    }

    [Fact]
    public void New_data_waits_for_collection_and_for_the_interval()
    {
        TimingInputs inputs = Quiet();
        inputs.FirstChange = Start;
        inputs.LastSend = Start.PlusMillis(-1000);
        Assert.Equal(new SendPlan(Start.PlusMillis(8), SendReason.NewState), _stock.Plan(inputs));
        inputs.Side = Side.Client;
        Assert.Equal(new SendPlan(Start.PlusMillis(1), SendReason.NewState), _stock.Plan(inputs));
        inputs.LastSend = Start.PlusMillis(-10);
        Assert.Equal(new SendPlan(Start.PlusMillis(40), SendReason.NewState), _stock.Plan(inputs));
    }

    [Fact]
    public void A_state_assumed_lost_is_repaired_after_one_interval_and_one_only_unacknowledged_after_a_timeout()
    {
        TimingInputs inputs = Quiet();
        inputs.DiffersFromAcknowledged = true;
        Assert.Equal(new SendPlan(Start.PlusMillis(150 + 100), SendReason.Repair), _stock.Plan(inputs));
        inputs.DiffersFromAssumed = true;
        Assert.Equal(new SendPlan(Start.PlusMillis(50), SendReason.Repair), _stock.Plan(inputs));
    }

    [Fact]
    public void A_peer_silent_for_ten_seconds_gets_acknowledgements_only()
    {
        TimingInputs inputs = Quiet();
        inputs.DiffersFromAcknowledged = inputs.DiffersFromAssumed = true;
        inputs.LastHeard = inputs.Now.PlusMillis(-10_000);
        Assert.Equal(new SendPlan(inputs.AckDue, SendReason.Acknowledge), _stock.Plan(inputs));
    }

    [Fact]
    public void An_idle_side_waits_for_its_acknowledgement()
    {
        Assert.Equal(new SendPlan(Start.PlusMillis(3000), SendReason.Acknowledge), _stock.Plan(Quiet()));
        Assert.Equal(Start.PlusMillis(3000), _stock.AckDueAfterSend(Start));
        Assert.Equal(Start.PlusMillis(100), _stock.AckDueAfterNewState(Start, 20));
    }

    [Fact]
    public void A_state_is_believed_delivered_for_a_timeout_and_an_ack_delay()
    {
        RoundTrip path = new(true, 100_000, 12_500);
        Assert.True(_stock.IsBelievedDelivered(Start.PlusMillis(249), Start, path));
        Assert.False(_stock.IsBelievedDelivered(Start.PlusMillis(250), Start, path));
    }

    [Theory]
    [InlineData(500, 500, true)]
    [InlineData(500, 599, true)]
    [InlineData(500, 600, false)]
    [InlineData(950, 999, true)]
    [InlineData(950, 1000, false)]
    [InlineData(5000, 4000, true)]
    [InlineData(0, 99, true)]
    [InlineData(0, 100, false)]
    public void The_prophylactic_rule_prefers_the_acknowledged_base_when_it_costs_little(int assumedBytes, int acknowledgedBytes, bool expected)
    {
        Assert.Equal(expected, _stock.PrefersAcknowledgedBase(assumedBytes, acknowledgedBytes));
    }

    [Fact]
    public void Before_a_round_trip_is_known_the_first_frames_do_not_wait_and_cannot_flood()
    {
        StockTiming eager = new();
        TimingInputs inputs = Quiet();
        inputs.RoundTrip = RoundTrip.Unknown;
        inputs.FirstChange = Start;
        List<long> waits = [];
        for (int sent = 0; sent < 10; sent++)
        {
            inputs.InstructionsSent = sent;
            waits.Add(eager.Plan(inputs).At.MillisSince(Start));
        }

        Assert.Equal([2, 2, 2, 2, 20, 20, 20, 20, 250, 250], waits);
        Assert.Equal(250, _stock.Plan(inputs).At.MillisSince(Start));
    }

    private static TimingInputs Quiet() => new()
    {
        Now = Start,
        Side = Side.Server,
        RoundTrip = new RoundTrip(true, 100_000, 12_500),
        FirstChange = Instant.Never,
        LastSend = Start,
        LastHeard = Start,
        AckDue = Start.PlusMillis(3000),
        InstructionsSent = 100,
    };
}
