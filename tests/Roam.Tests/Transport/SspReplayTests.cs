using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>What an attacker without the key can do: nothing.</summary>
public sealed class SspReplayTests
{
    private static readonly PeerAddress Stranger = Pair.AddressOf(99);

    [Fact]
    public void Garbage_wrong_direction_and_short_datagrams_change_nothing()
    {
        Pair pair = SspDeliveryTests.Settled(20);
        SeededRandom random = new(1);
        byte[] own = pair.Record.Last(f => f.ToServer).Datagram;
        byte[] foreign = pair.Record.Last(f => !f.ToServer).Datagram;
        string server = pair.Server.Fingerprint(), client = pair.Client.Fingerprint();
        for (int i = 0; i < 20_000; i++)
        {
            ReceiveResult result = pair.Inject(pair.Server, random.NextBytes(random.Next(1600)), Stranger);
            Assert.True(result >= ReceiveResult.TooShort);
        }

        for (int bit = 0; bit < own.Length * 8; bit++)
        {
            byte[] forged = [.. own];
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(pair.Inject(pair.Server, forged, Stranger) >= ReceiveResult.TooShort);
        }

        for (int length = 0; length < own.Length; length++)
        {
            Assert.True(pair.Inject(pair.Server, own[..length], Stranger) >= ReceiveResult.TooShort);
        }

        Assert.Equal(ReceiveResult.WrongDirection, pair.Inject(pair.Server, foreign, Stranger));
        Assert.Equal(ReceiveResult.WrongDirection, pair.Inject(pair.Client, own, Stranger));
        Assert.Equal(server, pair.Server.Fingerprint());
        Assert.Equal(client, pair.Client.Fingerprint());
        Assert.True(pair.Server.Connection.Counters.NotAuthentic > 10_000);
    }

    [Fact]
    public void Every_datagram_of_a_session_replayed_from_another_address_changes_nothing()
    {
        Pair pair = SspDeliveryTests.Settled(20);
        for (int i = 0; i < 30; i++)
        {
            pair.Client.Set(pair.Now, "k" + i);
            pair.Server.Set(pair.Now, new string('s', 40 * i));
            pair.RunFor(50);
        }

        pair.RunFor(1500);
        string server = pair.Server.Fingerprint(), client = pair.Client.Fingerprint();
        foreach (Flight flight in pair.Record.ToList())
        {
            Endpoint to = flight.ToServer ? pair.Server : pair.Client;
            Assert.True(pair.Inject(to, flight.Datagram, Stranger) is ReceiveResult.Accepted);
        }

        Assert.Equal(server, pair.Server.Fingerprint());
        Assert.Equal(client, pair.Client.Fingerprint());
        Assert.DoesNotContain(pair.Server.Events.Skip(1), e => e == TransportEvent.PeerRoamed && pair.Server.Connection.Peer == Stranger);
    }

    [Fact]
    public void A_delayed_datagram_moves_neither_the_address_nor_the_round_trip()
    {
        Pair pair = SspDeliveryTests.Settled(20);
        byte[]? held = null;
        pair.Passes = f =>
        {
            if (f.ToServer && held is null)
            {
                held = f.Datagram;
                return false;
            }

            return true;
        };
        pair.Client.Set(pair.Now, "one");
        pair.RunFor(60);
        pair.Client.Set(pair.Now, "two");
        pair.RunFor(1000);
        long srtt = pair.Server.Connection.SrttMillis;
        Assert.Equal(ReceiveResult.Accepted, pair.Inject(pair.Server, held!, Stranger));
        Assert.Equal(pair.Client.Address, pair.Server.Connection.Peer);
        Assert.Equal(srtt, pair.Server.Connection.SrttMillis);
        Assert.Equal("two", pair.Server.Remote);
        Assert.Equal(1, pair.Server.Connection.Counters.OutOfOrder);
    }
}
