using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>The way between client and server changes: what is said at once, and where it goes.</summary>
public sealed class SspPathTests
{
    private static readonly PeerAddress Other = Pair.AddressOf(9, isIPv6: true);

    private readonly Pair _pair = SspDeliveryTests.Settled(20);

    [Fact]
    public void A_client_that_hears_of_a_change_of_its_network_tells_the_server_at_once()
    {
        _pair.RunFor(500);
        _pair.Client.Address = Pair.AddressOf(7);
        _pair.Client.Connection.NetworkChanged(_pair.Now);
        Assert.Equal(20, _pair.MillisUntil(() => _pair.Server.Connection.Peer == Pair.AddressOf(7), 1000));
        _pair.RunFor(300);
        _pair.Server.Set(_pair.Now, "news");
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Remote == "news", 1000), 20, 30);
    }

    [Fact]
    public void What_was_sent_to_the_old_address_goes_to_the_new_one_in_the_first_answer()
    {
        _pair.Client.Address = Pair.AddressOf(7);
        _pair.Server.Set(_pair.Now, "lost at first, and longer than what is sent twice as a precaution: " + new string('x', 2000));
        _pair.RunFor(10);
        _pair.Client.Connection.NetworkChanged(_pair.Now);
        Assert.Equal(40, _pair.MillisUntil(() => _pair.Client.Remote.StartsWith("lost", StringComparison.Ordinal), 1000));
    }

    [Fact]
    public void Keys_on_the_way_when_the_network_changes_go_again_at_once()
    {
        string keys = "keys " + new string('k', 2000);
        _pair.Up.IsDown = true;
        _pair.Client.Set(_pair.Now, keys);
        _pair.RunFor(30);
        Assert.NotEqual(keys, _pair.Server.Remote);
        _pair.Up.IsDown = false;
        _pair.Client.Connection.NetworkChanged(_pair.Now);
        Assert.InRange(_pair.MillisUntil(() => _pair.Server.Remote == keys, 1000), 20, 40);
    }

    [Fact]
    public void An_address_that_flaps_is_answered_every_20_ms_at_most()
    {
        int before = _pair.Server.Sent.Count;
        for (byte i = 0; i < 100; i++)
        {
            _pair.Client.Address = Pair.AddressOf((byte)(100 + i));
            _pair.Client.Connection.NetworkChanged(_pair.Now);
            _pair.RunFor(21);
        }

        List<(Instant At, int Length)> answers = _pair.Server.Sent[before..];
        Assert.InRange(answers.Count, 50, 106);
        Assert.All(answers.Zip(answers.Skip(1)), a => Assert.True(a.Second.At.MillisSince(a.First.At) >= 20));
    }

    [Fact]
    public void A_send_that_the_system_refuses_is_tried_again_after_growing_pauses_while_something_is_pending()
    {
        _pair.RunFor(200);
        Instant start = _pair.Now;
        _pair.Client.Set(start, "pending");
        List<Instant> tries = Refuse(_pair, start.PlusMillis(9000));
        Assert.True(tries[0].MillisSince(start) <= 1);
        Assert.Equal([100, 200, 400, 800, 1000, 1000, 1000, 1000, 1000, 1000], tries.Zip(tries.Skip(1)).Select(t => t.Second.MillisSince(t.First)).Take(10));
        Assert.NotEqual("pending", _pair.Server.Remote);
        Assert.InRange(_pair.MillisUntil(() => _pair.Server.Remote == "pending", 5000), 20, 1020);
    }

    [Fact]
    public void A_refused_acknowledgement_is_tried_a_few_times_and_then_at_the_regular_pace()
    {
        _pair.Down.IsDown = true;
        List<Instant> tries = Refuse(_pair, _pair.Now.PlusMillis(60_000));
        Assert.InRange(tries.Count, 18, 30);
    }

    [Fact]
    public void A_session_goes_on_over_another_address_when_the_first_is_cut_off()
    {
        PeerAddress first = Connect();
        _pair.RunFor(20_000);
        Assert.DoesNotContain(_pair.Record, f => f.To == Other);
        _pair.Passes = f => f.ToServer ? f.To != first : f.From != first;
        _pair.Client.Set(_pair.Now, "over the other");
        Assert.InRange(_pair.MillisUntil(() => _pair.Server.Remote == "over the other", 5000), 1000, 1100);
        _pair.Server.Address = Other;
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Connection.Peer == Other, 1000), 0, 300);
        Assert.Equal(1216, _pair.Client.Connection.MtuBytes);
        _pair.RunFor(1000);

        // From here on all goes there, and back it goes only when that one falls silent too.
        _pair.Passes = _ => true;
        int before = _pair.Record.Count;
        _pair.Client.Set(_pair.Now, "and on");
        _pair.Server.Set(_pair.Now, "and on");
        _pair.RunFor(30_000);
        Assert.DoesNotContain(_pair.Record.Skip(before), f => f.To == first);
        Assert.Equal(("and on", "and on"), (_pair.Server.Remote, _pair.Client.Remote));
    }

    [Fact]
    public void An_idle_session_finds_the_other_address_without_a_key_being_typed()
    {
        PeerAddress first = Connect();
        _pair.Passes = f => f.ToServer ? f.To != first : f.From != first;
        _pair.RunFor(7100);
        _pair.Server.Address = Other;
        _pair.Server.Set(_pair.Now, "still here");
        Assert.InRange(_pair.MillisUntil(() => _pair.Client.Remote == "still here", 5000), 20, 300);
        Assert.Equal(Other, _pair.Client.Connection.Peer);
    }

    [Fact]
    public void Each_datagram_to_another_address_has_a_number_of_its_own()
    {
        PeerAddress first = Connect();
        _pair.Up.IsDown = _pair.Down.IsDown = true;
        _pair.Client.Set(_pair.Now, "nobody hears this");
        _pair.RunFor(60_000);
        List<Flight> sent = [.. _pair.Record.Where(f => f.ToServer)];
        Assert.Contains(sent, f => f.To == Other);
        Assert.Contains(sent[^20..], f => f.To == first);
        Assert.Distinct(sent.Select(f => Convert.ToHexString(f.Datagram.AsSpan(0, DatagramCodec.NonceBytes))));
        Assert.InRange(sent.Count(f => f.To == Other), 10, 25);
    }

    private PeerAddress Connect()
    {
        PeerAddress first = _pair.Client.Connection.Peer;
        _pair.Client.Connection.SetCandidates(_pair.Now, [first, Other]);
        _pair.Server.Set(_pair.Now, "hello");
        _pair.RunFor(300);
        Assert.Equal("hello", _pair.Client.Remote);
        return first;
    }

    /// <summary>The client alone, on a machine without a route: every send fails.</summary>
    private static List<Instant> Refuse(Pair pair, Instant end)
    {
        byte[] buffer = new byte[1500];
        List<Instant> tries = [];
        SspConnection<SampleState, SampleState> client = pair.Client.Connection;
        Instant now = pair.Now;
        while (now <= end)
        {
            client.HandleTimeout(now);
            while (client.PollTransmit(now, buffer, out _, out PeerAddress to))
            {
                tries.Add(now);
                client.HandleSendFailure(now, to);
            }

            while (client.PollEvent(out _))
            {
            }

            now = Instant.Max(client.NextTimeout, now.PlusMillis(1));
        }

        pair.RunFor(end.MillisSince(pair.Now));
        return tries;
    }
}
