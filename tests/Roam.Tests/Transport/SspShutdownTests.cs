using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class SspShutdownTests
{
    private readonly Pair _pair = SspDeliveryTests.Settled(20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_side_ends_the_session_and_both_know_it(bool clientStarts)
    {
        Endpoint starter = clientStarts ? _pair.Client : _pair.Server;
        Endpoint other = clientStarts ? _pair.Server : _pair.Client;
        starter.Set(_pair.Now, "last words");
        starter.Connection.Shutdown(_pair.Now);
        Assert.True(starter.Connection.IsShuttingDown);
        Assert.InRange(_pair.MillisUntil(BothFinished, 5000), 40, 100);
        Assert.Equal("last words", other.Remote);
        Assert.Equal(SspLimits.ShutdownNumber, other.Connection.RemoteNumber);
        Assert.Contains(TransportEvent.PeerShutdown, other.Events);
        Assert.Contains(TransportEvent.ShutdownDone, other.Events);
        Assert.Contains(TransportEvent.ShutdownDone, starter.Events);
        Assert.True(starter.Connection.EndedCleanly && other.Connection.EndedCleanly);
        Assert.Equal(Instant.Never, starter.Connection.NextTimeout);
        AssertSilent();
    }

    [Fact]
    public void Both_sides_at_once_end_cleanly()
    {
        _pair.Client.Connection.Shutdown(_pair.Now);
        _pair.Server.Connection.Shutdown(_pair.Now);
        Assert.InRange(_pair.MillisUntil(BothFinished, 5000), 20, 100);
        Assert.True(_pair.Client.Connection.EndedCleanly && _pair.Server.Connection.EndedCleanly);
        AssertSilent();
    }

    [Theory]
    [InlineData(300)]
    [InlineData(500)]
    public void A_lossy_link_does_not_stop_it(int lossPerMille)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Pair pair = SspDeliveryTests.Settled(20, seed);
            pair.Up.LossPerMille = pair.Down.LossPerMille = lossPerMille;
            pair.Server.Set(pair.Now, "bye");
            pair.Server.Connection.Shutdown(pair.Now);
            Assert.True(pair.MillisUntil(() => pair.Server.Connection.IsFinished && pair.Client.Connection.IsFinished, 10_000) >= 0, $"seed {seed}");
            Assert.True(pair.Client.Connection.EndedCleanly);
            Assert.Equal("bye", pair.Client.Remote);
        }
    }

    [Fact]
    public void A_large_last_state_whose_first_try_is_lost_still_arrives()
    {
        string text = new('z', 5000);
        _pair.Server.Set(_pair.Now, text);
        _pair.Server.Connection.Shutdown(_pair.Now);
        _pair.Down.IsDown = true;
        _pair.RunFor(22);
        Assert.Equal(SspLimits.ShutdownNumber, _pair.Server.Connection.LastSentNumber);
        _pair.Down.IsDown = false;
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Remote == text, 2000), 0, 100);
    }

    [Fact]
    public void An_unanswered_end_is_given_up_after_16_tries()
    {
        _pair.Up.IsDown = _pair.Down.IsDown = true;
        int before = _pair.Client.Sent.Count;
        _pair.Client.Connection.Shutdown(_pair.Now);
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Connection.IsFinished, 20_000), 16 * 20, 10_000);
        Assert.Equal(16, _pair.Client.Sent.Count - before);
        Assert.False(_pair.Client.Connection.EndedCleanly);
        Assert.Contains(TransportEvent.ShutdownDone, _pair.Client.Events);
    }

    [Fact]
    public void An_unanswered_end_on_a_slow_path_is_given_up_after_ten_seconds()
    {
        Pair pair = new(oneWayMillis: 1);
        pair.Up.IsDown = true;
        pair.RunFor(20_000);
        pair.Server.Connection.Shutdown(pair.Now);
        Assert.True(pair.Server.Connection.IsFinished, "a server that nobody ever reached has nobody to tell");
        Assert.False(pair.Server.Connection.EndedCleanly);
    }

    [Fact]
    public void A_server_whose_client_is_away_waits_ten_seconds_for_it()
    {
        _pair.Up.IsDown = true;
        _pair.RunFor(45_000);
        Assert.True(_pair.Server.Connection.Peer.IsNone);
        _pair.Server.Connection.Shutdown(_pair.Now);
        Assert.False(_pair.Server.Connection.IsFinished);
        Assert.InRange(_pair.MillisUntil(() => _pair.Server.Connection.IsFinished, 20_000), 10_000, 10_001);
    }

    [Fact]
    public void What_is_set_after_the_end_was_asked_for_is_not_sent()
    {
        _pair.Client.Set(_pair.Now, "final");
        _pair.Client.Connection.Shutdown(_pair.Now);
        _pair.DrainBoth();
        _pair.Up.IsDown = true;
        _pair.RunFor(30);
        _pair.Client.Set(_pair.Now, "too late");
        _pair.Up.IsDown = false;
        Assert.True(_pair.MillisUntil(BothFinished, 5000) >= 0);
        Assert.Equal("final", _pair.Server.Remote);
    }

    [Fact]
    public void A_used_up_key_ends_the_session()
    {
        _pair.Client.Connection.Datagrams.BlocksUsed = SspLimits.KeyBlocksMax - 300;
        _pair.RunFor(120_000);
        Assert.Contains(TransportEvent.KeyExhausted, _pair.Client.Events);
        Assert.True(_pair.Client.Connection.IsFinished);
        Assert.True(_pair.Client.Connection.Datagrams.BlocksUsed < SspLimits.KeyBlocksMax);
        Assert.False(_pair.Client.Connection.EndedCleanly);
    }

    private bool BothFinished() => _pair.Client.Connection.IsFinished && _pair.Server.Connection.IsFinished;

    private void AssertSilent()
    {
        int sent = _pair.Client.Sent.Count + _pair.Server.Sent.Count;
        _pair.RunFor(60_000);
        Assert.Equal(sent, _pair.Client.Sent.Count + _pair.Server.Sent.Count);
        _pair.Client.AssertNoSnapshotIsLost();
        _pair.Server.AssertNoSnapshotIsLost();
    }
}
