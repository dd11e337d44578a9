using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class SspRoamingTests
{
    private readonly Pair _pair = SspDeliveryTests.Settled(20);

    [Fact]
    public void The_server_follows_its_client_to_a_new_address()
    {
        _pair.Server.Events.Clear();
        _pair.Client.Address = Pair.AddressOf(7);
        _pair.Client.Set(_pair.Now, "here now");
        _pair.RunFor(100);
        Assert.Equal(Pair.AddressOf(7), _pair.Server.Connection.Peer);
        Assert.Single(_pair.Server.Events, TransportEvent.PeerRoamed);
        _pair.Server.Set(_pair.Now, "seen");
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Remote == "seen", 1000), 20, 100);
    }

    [Fact]
    public void The_client_does_not_follow_anybody()
    {
        PeerAddress server = _pair.Client.Connection.Peer;
        _pair.Server.Address = Pair.AddressOf(8);
        _pair.Server.Set(_pair.Now, "from elsewhere");
        _pair.RunFor(1000);
        Assert.Equal("from elsewhere", _pair.Client.Remote);
        Assert.Equal(server, _pair.Client.Connection.Peer);
    }

    [Fact]
    public void A_silent_client_is_forgotten_after_40_seconds_and_nothing_is_sent_until_it_speaks()
    {
        Instant lastArrival = _pair.Record.Last(f => f.ToServer).Arrives;
        _pair.Up.IsDown = true;
        Assert.True(_pair.MillisUntil(() => _pair.Server.Events.Contains(TransportEvent.PeerSilent), 60_000) > 0);
        Assert.Equal(40_000, _pair.Now.MillisSince(lastArrival));
        int sent = _pair.Server.Sent.Count;
        _pair.Server.Set(_pair.Now, "unheard");
        _pair.RunFor(60_000);
        Assert.Equal(sent, _pair.Server.Sent.Count);
        _pair.Up.IsDown = false;
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Remote == "unheard", 10_000), 0, 3100);
    }

    [Fact]
    public void The_client_asks_for_a_new_port_ten_seconds_after_the_last_confirmed_round_trip()
    {
        _pair.RunFor(20_000);
        Assert.DoesNotContain(TransportEvent.HopPort, _pair.Client.Events);
        _pair.Down.IsDown = true;
        List<long> hops = [];
        Instant start = _pair.Now;
        while (_pair.Now.MillisSince(start) < 60_000)
        {
            if (_pair.MillisUntil(() => _pair.Client.Events.Remove(TransportEvent.HopPort), 20_000) < 0)
            {
                break;
            }

            hops.Add(_pair.Now.MillisSince(_pair.Client.Connection.LastAckedSentAt));
            int sent = _pair.Client.Sent.Count;
            _pair.Client.Address = Pair.AddressOf((byte)(20 + hops.Count));
            _pair.Client.Connection.HopDone(_pair.Now);
            _pair.DrainBoth();
            Assert.Equal(sent + 1, _pair.Client.Sent.Count);
        }

        Assert.Equal(10_000, hops[0]);
        Assert.True(hops.Count >= 5);
        Assert.All(hops.Zip(hops.Skip(1)), h => Assert.Equal(10_000, h.Second - h.First));
        _pair.Down.IsDown = false;
        _pair.Server.Set(_pair.Now, "found you");
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Remote == "found you", 5000), 0, 3100);
        Assert.Equal(_pair.Client.Address, _pair.Server.Connection.Peer);
    }

    [Fact]
    public void A_clock_that_jumps_hours_ahead_does_no_harm()
    {
        _pair.Client.Set(_pair.Now, "before");
        _pair.RunFor(1000);
        Pair later = _pair;
        later.Up.IsDown = later.Down.IsDown = true;
        later.RunFor(9 * 3_600_000L);
        later.Up.IsDown = later.Down.IsDown = false;
        later.Client.Set(later.Now, "after");
        later.Server.Set(later.Now, "still here");
        Assert.InRange(later.MillisUntil(() => later.Server.Remote == "after" && later.Client.Remote == "still here", 5000), 0, 3100);
    }

    [Fact]
    public void A_datagram_too_long_for_the_link_is_cut_again_at_once()
    {
        string text = new('s', 3000);
        _pair.Down.DatagramBytesMax = 600;
        _pair.Down.SaysTooLong = true;
        _pair.Server.Set(_pair.Now, text);
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Remote == text, 1000), 20, 40);
        Assert.Equal(500, _pair.Server.Connection.MtuBytes);
        Assert.Equal(500, _pair.Server.Sent.Max(s => s.Length == 1252 ? 0 : s.Length));
    }

    [Fact]
    public void Datagrams_fit_a_1280_byte_packet_of_their_family()
    {
        Assert.Equal(1252, _pair.Server.Connection.MtuBytes);
        _pair.Client.Address = Pair.AddressOf(7, isIPv6: true);
        _pair.Client.Set(_pair.Now, "six");
        _pair.RunFor(1000);
        Assert.Equal(1216, _pair.Server.Connection.MtuBytes);
        int before = _pair.Server.Sent.Count;
        _pair.Server.Set(_pair.Now, new string('s', 5000));
        _pair.RunFor(1000);
        Assert.Equal(1216, _pair.Server.Sent.Skip(before).Max(s => s.Length));
    }
}
