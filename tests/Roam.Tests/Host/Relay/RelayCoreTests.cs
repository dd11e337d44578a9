using System.Buffers.Binary;
using System.Net;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

public sealed class RelayCoreTests
{
    private const long AskMillis = 1000;
    private const long IdleMillis = 1_000_000;
    private static readonly byte[] Id = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
    private static readonly PeerAddress Alice = Address(1);
    private static readonly PeerAddress Mallory = Address(2);

    private Instant _now = Instant.Zero.PlusMillis(5000);

    [Fact]
    public void What_does_not_begin_with_the_id_goes_nowhere()
    {
        RelayCore relay = NewRelay();
        byte[] good = Datagram(7);
        byte[] bad = [.. good];
        bad[15] ^= 1;
        Assert.False(relay.TakeFromOutside(_now, Mallory, bad));
        Assert.False(relay.TakeFromOutside(_now, Mallory, []));
        Assert.False(relay.TakeFromOutside(_now, Mallory, Id));
        Assert.False(relay.TakeFromOutside(_now, Mallory, good.AsSpan(0, 16 + 8 + 15)));
        Assert.True(relay.Client.IsNone);
        Assert.False(relay.TakeFromTarget(_now));
        Assert.True(relay.TakeFromOutside(_now, Alice, good));
        Assert.Equal(Alice, relay.Client);
        Assert.True(relay.TakeFromTarget(_now));
    }

    [Fact]
    public void The_sender_of_the_newest_datagram_gets_the_answers_and_a_replay_moves_nothing()
    {
        RelayCore relay = NewRelay();
        Assert.True(relay.TakeFromOutside(_now, Alice, Datagram(7)));
        Assert.True(relay.TakeFromOutside(_now, Mallory, Datagram(7)));
        Assert.True(relay.TakeFromOutside(_now, Mallory, Datagram(3)));
        Assert.Equal(Alice, relay.Client);
        PeerAddress roamed = Address(3);
        Assert.True(relay.TakeFromOutside(_now, roamed, Datagram(8)));
        Assert.Equal(roamed, relay.Client);

        // Overtaken on the way: the old address is not used again.
        Assert.True(relay.TakeFromOutside(_now, Alice, Datagram(6)));
        Assert.Equal(roamed, relay.Client);
    }

    [Fact]
    public void An_invented_number_turns_answers_away_only_while_its_sender_goes_on()
    {
        RelayCore relay = NewRelay();
        relay.TakeFromOutside(_now, Alice, Datagram(7));
        relay.TakeFromOutside(_now, Mallory, Datagram(1UL << 62));
        Assert.Equal(Mallory, relay.Client);
        Pass(RelayCore.SilentMillis - 1);
        Assert.True(relay.TakeFromOutside(_now, Alice, Datagram(8)));
        Assert.Equal(Mallory, relay.Client);
        Pass(1);
        Assert.True(relay.TakeFromOutside(_now, Alice, Datagram(9)));
        Assert.Equal(Alice, relay.Client);

        // And now it counts from there.
        relay.TakeFromOutside(_now, Mallory, Datagram(9));
        Assert.Equal(Alice, relay.Client);
    }

    [Fact]
    public void A_server_s_datagram_sent_back_at_the_relay_moves_nothing()
    {
        RelayCore relay = NewRelay();
        relay.TakeFromOutside(_now, Alice, Datagram(7));
        Assert.False(relay.TakeFromOutside(_now, Mallory, Datagram(1UL << 63 | 100)));
        Assert.Equal(Alice, relay.Client);
    }

    [Fact]
    public void In_a_chain_the_number_is_read_behind_the_later_ids()
    {
        RelayCore relay = new(Id, 2, _now, IdleMillis, AskMillis);
        byte[] Chained(ulong sequence) => [.. Id, .. Enumerable.Repeat((byte)0xFF, 32), .. Datagram(sequence)[16..]];
        Assert.False(relay.TakeFromOutside(_now, Alice, Datagram(7)));
        Assert.True(relay.TakeFromOutside(_now, Alice, Chained(7)));
        Assert.True(relay.TakeFromOutside(_now, Mallory, Chained(6)));
        Assert.Equal(Alice, relay.Client);
    }

    [Fact]
    public void It_ends_when_the_server_s_machine_has_said_for_long_enough_that_the_server_is_gone()
    {
        RelayCore relay = NewRelay();
        relay.TakeFromOutside(_now, Alice, Datagram(1));
        for (int i = 0; i < 100; i++)
        {
            relay.TakeRefusal(_now);
        }

        Assert.False(relay.IsOver(_now));

        // A datagram of the server shows that it was a passing trouble.
        Pass(RelayCore.RefusedMillis - 1);
        relay.TakeFromTarget(_now);
        Pass(1);
        Assert.False(relay.IsOver(_now));
        relay.TakeRefusal(_now);
        relay.TakeRefusal(_now);
        Pass(RelayCore.RefusedMillis);
        Assert.False(relay.IsOver(_now));
        relay.TakeRefusal(_now);
        Assert.True(relay.IsOver(_now));
    }

    [Fact]
    public void A_silent_server_is_asked_now_and_then_and_a_busy_one_is_not()
    {
        RelayCore relay = NewRelay();
        relay.TakeFromOutside(_now, Alice, Datagram(1));
        Assert.False(relay.TakeAsk(_now));
        Pass(AskMillis);
        Assert.Equal(_now, relay.NextTimeout);
        Assert.True(relay.TakeAsk(_now));
        Assert.False(relay.TakeAsk(_now));
        Pass(AskMillis - 1);
        relay.TakeFromTarget(_now);
        Pass(1);
        Assert.False(relay.TakeAsk(_now));
    }

    [Fact]
    public void It_ends_after_silence_of_both_sides_which_a_stranger_cannot_break()
    {
        RelayCore relay = NewRelay();
        relay.TakeFromOutside(_now, Alice, Datagram(1));
        Pass(IdleMillis - 1);
        relay.TakeFromOutside(_now, Mallory, Datagram(1));
        relay.TakeFromOutside(_now, Mallory, new byte[100]);
        Assert.False(relay.IsOver(_now));
        Pass(1);
        Assert.True(relay.IsOver(_now));
    }

    [Fact]
    public void It_ends_when_no_client_comes()
    {
        RelayCore relay = new(Id, 0, _now, RelayCore.IdleMillisDefault, RelayCore.AskMillisDefault);
        Pass(RelayCore.UnusedMillis - 1);
        relay.TakeFromTarget(_now);
        Assert.False(relay.IsOver(_now));
        Pass(1);
        Assert.True(relay.IsOver(_now));
    }

    [Fact]
    public void A_flood_of_strangers_and_a_client_s_stream_allocate_nothing()
    {
        RelayCore relay = NewRelay();
        byte[] strange = new byte[1200];
        byte[] good = Datagram(1);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                relay.TakeFromOutside(_now, Mallory, strange);
                relay.TakeFromOutside(_now, Alice, good);
                relay.TakeFromTarget(_now);
            }
        });
    }

    private RelayCore NewRelay() => new(Id, 0, _now, IdleMillis, AskMillis);

    private void Pass(long millis) => _now = _now.PlusMillis(millis);

    private static PeerAddress Address(int last) => Addresses.Of(new IPAddress([192, 0, 2, (byte)last]).ToString(), 4000);

    private static byte[] Datagram(ulong nonce)
    {
        byte[] datagram = new byte[16 + 8 + 4 + 16];
        Id.CopyTo(datagram, 0);
        BinaryPrimitives.WriteUInt64BigEndian(datagram.AsSpan(16), nonce);
        return datagram;
    }
}
