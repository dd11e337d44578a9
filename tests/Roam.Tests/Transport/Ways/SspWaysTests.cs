using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>A connection that has a way through ssh beside UDP, and a firewall in between.</summary>
public sealed class SspWaysTests
{
    private const int OneWayMillis = 20;

    private static readonly PeerAddress Ssh = PeerAddress.Carried(1);

    private readonly Pair _pair = new(OneWayMillis, timing: () => new RoamTiming());

    private bool _isUpBlocked;
    private bool _isDownBlocked;

    public SspWaysTests()
    {
        _pair.Passes = flight => flight.ToServer ? !_isUpBlocked : !_isDownBlocked;
        _pair.Client.Connection.SetCandidates(_pair.Now, [_pair.Client.Connection.Peer], CarrierUse.Fallback);
        _pair.Client.Connection.UsesPaths = _pair.Server.Connection.UsesPaths = true;
    }

    [Fact]
    public void Blocked_from_the_start_both_go_through_ssh_after_two_seconds()
    {
        _isUpBlocked = true;
        Open();
        _pair.Client.Set(_pair.Now, "first");
        Assert.InRange(_pair.MillisUntil(() => _pair.Server.Remote == "first", 5000), 2000, 2000 + OneWayMillis);
        _pair.RunFor(2 * OneWayMillis);
        Assert.Equal((Ssh, Ssh), (_pair.Client.Connection.Peer, _pair.Server.Connection.Peer));
        _pair.Server.Set(_pair.Now, "answer");
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Remote == "answer", 500), OneWayMillis, OneWayMillis + 10);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Blocked_later_in_either_direction_the_client_falls_back_and_nothing_is_lost(bool up, bool down)
    {
        Connect();
        (_isUpBlocked, _isDownBlocked) = (up, down);
        _pair.Client.Set(_pair.Now, "key");
        Assert.Equal(2000, _pair.MillisUntil(() => _pair.Client.Events.Contains(TransportEvent.WantsCarrier), 5000));
        Open();
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Connection.Peer == Ssh, 500), 2 * OneWayMillis, (2 * OneWayMillis) + 30);
        _pair.RunFor(OneWayMillis);
        Assert.Equal("key", _pair.Server.Remote);
        _pair.Server.Set(_pair.Now, "echo");
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Remote == "echo", 500), OneWayMillis, OneWayMillis + 10);
        _pair.RunFor(60_000);
        Assert.Equal(Ssh, _pair.Client.Connection.Peer);
        Assert.Equal(Ssh, _pair.Server.Connection.Peer);
    }

    [Fact]
    public void Challenges_move_no_address_until_one_is_answered_and_then_udp_is_used()
    {
        FallBack();
        PeerAddress udp = _pair.Server.Address;
        (_isUpBlocked, _isDownBlocked) = (false, true);
        _pair.RunFor(20_000);
        Assert.Equal(Ssh, _pair.Server.Connection.Peer);
        _isDownBlocked = false;
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Connection.Peer == udp, 40_000), 0, PathValidation.PauseMillisMax + (2 * OneWayMillis));
        _pair.RunFor(3 * OneWayMillis);
        Assert.Equal(_pair.Client.Address, _pair.Server.Connection.Peer);
        _pair.RunFor(CarriedPlace.ProvenMillis + 3500);
        Assert.Contains(TransportEvent.CarrierUnneeded, _pair.Client.Events);
    }

    [Fact]
    public void A_challenge_that_is_repeated_from_elsewhere_is_not_answered_there()
    {
        FallBack();
        _isDownBlocked = false;
        _isUpBlocked = true;
        _pair.RunFor(5000);
        Flight challenge = _pair.Record.Last(f => f.ToServer && !f.To.IsCarried);
        PeerAddress elsewhere = Pair.AddressOf(77);
        _pair.Inject(_pair.Server, challenge.Datagram, elsewhere);
        Assert.Equal(elsewhere, _pair.Record[^1].To);
        int before = _pair.Record.Count;
        _pair.Inject(_pair.Server, challenge.Datagram, elsewhere);
        Assert.Equal(before, _pair.Record.Count);
        Assert.Equal(Ssh, _pair.Server.Connection.Peer);
    }

    [Fact]
    public void Without_the_feature_no_challenge_is_sent_and_none_is_answered()
    {
        _pair.Client.Connection.UsesPaths = false;
        FallBack();
        int before = _pair.Record.Count(f => !f.To.IsCarried);
        _pair.RunFor(60_000);
        Assert.Equal(before, _pair.Record.Count(f => !f.To.IsCarried));

        _pair.Client.Connection.UsesPaths = true;
        _pair.Server.Connection.UsesPaths = false;
        _isUpBlocked = _isDownBlocked = false;
        _pair.RunFor(60_000);
        Assert.DoesNotContain(_pair.Record, f => !f.ToServer && f.From == Ssh && !f.To.IsCarried);
        Assert.Equal(Ssh, _pair.Client.Connection.Peer);
    }

    [Fact]
    public void A_stream_that_dies_is_followed_by_the_next_and_what_was_on_the_way_goes_again()
    {
        FallBack();
        _pair.Client.Set(_pair.Now, "on the way");
        _pair.Carrier = default;
        _pair.RunFor(5);
        _pair.Client.Connection.CarrierLost(_pair.Now);
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Events.Contains(TransportEvent.WantsCarrier), 100), 0, 0);
        _pair.RunFor(1000);
        _pair.Carrier = PeerAddress.Carried(2);
        _pair.Client.Connection.CarrierReady(_pair.Now, _pair.Carrier);
        Assert.InRange(_pair.MillisUntil(() => _pair.Server.Remote == "on the way", 1000), OneWayMillis, OneWayMillis + 5);
        _pair.RunFor(2 * OneWayMillis);
        Assert.Equal(_pair.Carrier, _pair.Client.Connection.Peer);
    }

    [Fact]
    public void On_a_stream_nothing_goes_twice_and_datagrams_stay_long()
    {
        FallBack();
        _pair.RunFor(2000);
        int before = _pair.Record.Count;
        for (int i = 0; i < 100; i++)
        {
            _pair.Client.Set(_pair.Now, $"key {i}");
            _pair.RunFor(OneWayMillis);
            _pair.Server.Set(_pair.Now, $"echo {i}");
            _pair.RunFor(200);
        }

        // A key, its echo, the echo's acknowledgement; and UDP is asked now and then.
        Assert.InRange(_pair.Record.Skip(before).Count(f => f.To.IsCarried), 200, 320);
        Assert.Equal(1252, _pair.Client.Connection.MtuBytes);
        Assert.Equal("key 99", _pair.Server.Remote);
    }

    [Fact]
    public void As_the_only_way_it_carries_all_and_nothing_goes_by_udp()
    {
        Pair pair = new(OneWayMillis, timing: () => new RoamTiming());
        pair.Client.Connection.SetCandidates(pair.Now, [pair.Server.Address], CarrierUse.Only);
        pair.Client.Set(pair.Now, "only");
        pair.RunFor(700);
        Assert.Empty(pair.Record);
        Assert.Contains(TransportEvent.WantsCarrier, pair.Client.Events);
        pair.Carrier = Ssh;
        pair.Client.Connection.CarrierReady(pair.Now, Ssh);
        Assert.Equal(OneWayMillis, pair.MillisUntil(() => pair.Server.Remote == "only", 1000));
        pair.RunFor(30_000);
        Assert.All(pair.Record, flight => Assert.True(flight.To.IsCarried));
    }

    private void Open()
    {
        _pair.Carrier = Ssh;
        _pair.Client.Connection.CarrierReady(_pair.Now, Ssh);
    }

    private void Connect()
    {
        _pair.Server.Set(_pair.Now, "hello");
        _pair.Client.Set(_pair.Now, "hello");
        _pair.RunFor(500);
        Assert.Equal("hello", _pair.Client.Remote);
    }

    private void FallBack()
    {
        Connect();
        _isUpBlocked = _isDownBlocked = true;
        Open();
        _pair.Client.Set(_pair.Now, "falls back");
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Connection.Peer == Ssh, 3000), 2000, 2500);
        _pair.RunFor(500);
    }
}
