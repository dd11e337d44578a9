using Google.Protobuf;
using Roam.Tests.Transport.Wire;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>What arrived is said to the peer, if it is one that reads it, and reaches its timing.</summary>
public sealed class LossReportTests
{
    /// <summary>On a clean path one instruction in so many says it.</summary>
    private const int Interval = 16;

    private readonly RecordingTiming _timing = new();
    private readonly Pair _pair;

    public LossReportTests()
    {
        // One timing serves both ends: only one of them sends reports in these tests, so all that is recorded came from it.
        _pair = new Pair(oneWayMillis: 20, timing: _timing);
        _pair.Client.Set(_pair.Now, "size");
        _pair.RunFor(100);
    }

    private SspConnection<SampleState, SampleState> Client => _pair.Client.Connection;

    private SspConnection<SampleState, SampleState> Server => _pair.Server.Connection;

    [Fact]
    public void A_report_is_these_bytes_for_us_and_for_the_oracle()
    {
        byte[] oracle = new TransportMessage { ProtocolVersion = 2, LossReport = new LossReport { Received = 299, Highest = 301 } }.ToByteArray();
        Assert.Equal("0802A2060608AB0210AD02", Convert.ToHexString(oracle));
        GrowingBuffer ours = new();
        new TransportInstruction { Version = 2, HasReport = true, ReportReceived = 299, ReportHighest = 301 }.Write(ours);
        Assert.EndsWith("A2060608AB0210AD02", Convert.ToHexString(ours.Written), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_to_a_peer_that_is_not_known_to_read_it()
    {
        _pair.Up.LossPerMille = _pair.Down.LossPerMille = 300;
        Talk(100);
        Assert.DoesNotContain(DatagramTap.Of(_pair, Side.Client), i => i.HasReport);
        Assert.DoesNotContain(DatagramTap.Of(_pair, Side.Server), i => i.HasReport);
        Assert.Empty(_timing.Reports);
    }

    [Fact]
    public void On_a_clean_path_one_instruction_in_sixteen_says_that_all_came()
    {
        Server.SendsReports = true;
        Talk(100);
        List<TappedInstruction> sent = DatagramTap.Of(_pair, Side.Server);
        List<TappedInstruction> reports = [.. sent.Where(i => i.HasReport)];
        Assert.InRange(reports.Count, sent.Count / Interval, (sent.Count / Interval) + 1);
        Assert.All(reports, i => Assert.Equal(i.ReportHighest, i.ReportReceived));
        Assert.Equal(reports.Select(i => (i.ReportReceived, i.ReportHighest)), _timing.Reports);
        Assert.Equal(_timing.Reports.Count, Client.Counters.ReportsTaken);
    }

    [Fact]
    public void On_a_lossy_path_nearly_every_instruction_says_it_and_for_half_a_minute_after()
    {
        Server.SendsReports = true;
        _pair.Up.LossPerMille = 150;
        Talk(200);
        _pair.RunFor(3000);
        List<TappedInstruction> sent = DatagramTap.Of(_pair, Side.Server);
        Assert.True(sent.Count(i => i.HasReport) > sent.Count * 9 / 10, $"{sent.Count(i => i.HasReport)} of {sent.Count}");
        _pair.Up.LossPerMille = 0;
        _pair.RunFor(35_000);
        int before = DatagramTap.Of(_pair, Side.Server).Count;
        Talk(100);
        sent = DatagramTap.Of(_pair, Side.Server)[before..];
        Assert.InRange(sent.Count(i => i.HasReport), 1, (sent.Count / Interval) + 1);
    }

    [Fact]
    public void Every_report_says_how_many_of_the_datagrams_up_to_the_newest_came_whatever_else_the_path_does()
    {
        Server.SendsReports = true;
        List<bool> came = [.. _pair.Record.Where(f => f.ToServer).Select(_ => true)];
        _pair.Passes = f =>
        {
            if (f.ToServer)
            {
                came.Add(came.Count % 7 != 3 && came.Count % 31 < 28);
            }

            return !f.ToServer || came[^1];
        };
        _pair.Up.DuplicatePerMille = 300;
        _pair.Down.LossPerMille = 100;
        _pair.Down.JitterMillis = 60;
        Talk(200);
        Assert.True(_timing.Reports.Count > 100);
        Assert.All(_timing.Reports, r => Assert.Equal((ulong)came.Take((int)r.Highest).Count(c => c), r.Received));
        Assert.Equal(_timing.Reports.OrderBy(r => r.Highest).ThenBy(r => r.Received), _timing.Reports);
    }

    [Fact]
    public void A_late_datagram_takes_its_loss_back()
    {
        byte[]? held = null;
        _pair.Passes = f =>
        {
            bool isHeld = f.ToServer && held is null;
            held = isHeld ? f.Datagram : held;
            return !isHeld;
        };
        _pair.Client.Set(_pair.Now, "one");
        _pair.RunFor(60);
        _pair.Client.Set(_pair.Now, "two");
        _pair.RunFor(1000);
        Assert.Equal(1UL, Server.Arrivals.Missing);
        _pair.Inject(_pair.Server, held!, _pair.Client.Address);
        Assert.Equal(0UL, Server.Arrivals.Missing);
        _pair.Inject(_pair.Server, held!, _pair.Client.Address);
        Assert.Equal(0UL, Server.Arrivals.Missing);
    }

    [Fact]
    public void A_report_that_cannot_be_true_is_ignored_and_its_instruction_is_not()
    {
        HostilePeer peer = new(Side.Client, _pair.Key);
        ulong sent = Server.Datagrams.NextSequence;
        (ulong, ulong)[] lies = [(2, 1), (0, sent + 1000), (sent + 1000, sent + 1000), (ulong.MaxValue, ulong.MaxValue), (0, ulong.MaxValue), (0, 0)];
        foreach ((ulong, ulong) lie in lies)
        {
            ulong held = Server.RemoteNumber;
            Assert.Equal(ReceiveResult.NewState, _pair.Inject(_pair.Server, peer.Instruction(held, held + 1, report: lie), _pair.Client.Address));
        }

        Assert.Empty(_timing.Reports);
    }

    [Fact]
    public void A_report_that_is_older_or_says_nothing_new_is_ignored()
    {
        HostilePeer peer = new(Side.Client, _pair.Key);
        Talk(20);
        Take((5, 9));
        Take((5, 9));
        Take((4, 10));
        Take((6, 8));
        Take((4, 8));
        Take((6, 9));
        Take((6, 12));
        Assert.Equal([(5UL, 9UL), (6UL, 9UL), (6UL, 12UL)], _timing.Reports);

        void Take((ulong, ulong) report)
        {
            ulong held = Server.RemoteNumber;
            _pair.Inject(_pair.Server, peer.Instruction(held, held, report: report), _pair.Client.Address);
        }
    }

    [Fact]
    public void The_report_of_an_instruction_that_is_dropped_is_dropped_with_it()
    {
        HostilePeer peer = new(Side.Client, _pair.Key);
        ulong held = Server.RemoteNumber;
        byte[] contradictory = peer.Instruction(held, held - 1, report: (1, 2));
        byte[] unreadable = peer.Instruction(held, held + 1, diff: [9], report: (1, 2));
        Assert.Equal(ReceiveResult.Dropped, _pair.Inject(_pair.Server, contradictory, _pair.Client.Address));
        Assert.Equal(ReceiveResult.Dropped, _pair.Inject(_pair.Server, unreadable, _pair.Client.Address));
        Assert.Empty(_timing.Reports);
    }

    [Fact]
    public void A_malformed_report_makes_its_instruction_malformed()
    {
        Assert.False(TransportInstruction.TryRead([0x08, 2, 0xA2, 0x06, 1, 0x08], out _));
        Assert.True(TransportInstruction.TryRead([0x08, 2, 0xA2, 0x06, 4, 0x08, 5, 0x18, 6], out TransportInstruction read));
        Assert.True(read.HasReport);
        Assert.Equal((5UL, 0UL), (read.ReportReceived, read.ReportHighest));
        Assert.True(TransportInstruction.TryRead([0x08, 2, 0xA0, 0x06, 5], out read));
        Assert.False(read.HasReport);
    }

    [Fact]
    public void Every_datagram_replayed_brings_no_report_and_counts_for_none()
    {
        Server.SendsReports = true;
        _pair.Up.LossPerMille = 100;
        Talk(50);
        _pair.RunFor(2000);
        Assert.NotEmpty(_timing.Reports);
        int reports = _timing.Reports.Count;
        (ulong, ulong) arrivals = (Client.Arrivals.Received, Client.Arrivals.Highest);
        foreach (Flight flight in _pair.Record.Where(f => !f.ToServer).ToList())
        {
            _pair.Inject(_pair.Client, flight.Datagram, Pair.AddressOf(99));
        }

        Assert.Equal(reports, _timing.Reports.Count);
        Assert.Equal(arrivals, (Client.Arrivals.Received, Client.Arrivals.Highest));
    }

    /// <summary>Keys one way, screens the other.</summary>
    private void Talk(int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            _pair.Client.Set(_pair.Now, $"key {i}");
            _pair.RunFor(30);
            _pair.Server.Set(_pair.Now, $"screen {i}");
            _pair.RunFor(30);
        }
    }
}
