using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>A peer that holds the key and sends nonsense must not crash, wedge or bloat us.</summary>
public sealed class SspHostileTests
{
    private readonly Pair _pair = SspDeliveryTests.Settled(20);
    private readonly HostilePeer _peer;

    public SspHostileTests()
    {
        _peer = new HostilePeer(Side.Client, _pair.Key);
    }

    private SspConnection<SampleState, SampleState> Server => _pair.Server.Connection;

    [Fact]
    public void Instructions_that_no_honest_sender_makes_are_dropped()
    {
        ulong held = Server.RemoteNumber;
        AssertDropped(_peer.Instruction(held, held + 5, throwaway: held + 1));
        AssertDropped(_peer.Instruction(held, held - 1));
        AssertDropped(_peer.Instruction(held, held + 5, throwaway: ulong.MaxValue));
        AssertDropped(_peer.Instruction(held, held + 5, throwaway: held, diff: [1, 2, 3]));
        AssertDropped(_peer.Instruction(held, held + 5, throwaway: held, diff: new byte[64]));
        AssertDropped(_peer.Whole([0x78, 0x08]));
        AssertDropped(_peer.Whole([0x00]));
        AssertDropped(_peer.Datagram([]));
        AssertDropped(_peer.Datagram([1, 2, 3]));
    }

    [Fact]
    public void A_diff_that_does_not_apply_takes_its_acknowledgement_with_it()
    {
        _pair.Server.Set(_pair.Now, "screen");
        _pair.RunFor(40);
        ulong acked = Server.AckedByPeer;
        Assert.True(Server.LastSentNumber > acked);
        ulong held = Server.RemoteNumber;
        Inject(_peer.Instruction(held, held + 5, ack: Server.LastSentNumber, throwaway: held, diff: [9]));
        Assert.Equal(acked, Server.AckedByPeer);
    }

    [Fact]
    public void An_acknowledgement_of_a_state_never_sent_is_ignored()
    {
        ulong held = Server.RemoteNumber, acked = Server.AckedByPeer;
        Inject(_peer.Instruction(held, held, ack: Server.LastSentNumber + 100));
        Inject(_peer.Instruction(held, held, ack: ulong.MaxValue));
        Assert.Equal(acked, Server.AckedByPeer);
        Assert.False(Server.IsFinished);
    }

    [Fact]
    public void An_unknown_base_is_ignored_and_the_same_instruction_twice_counts_once()
    {
        ulong held = Server.RemoteNumber;
        Assert.Equal(ReceiveResult.Accepted, Inject(_peer.Instruction(held + 7, held + 8)));
        Assert.Equal(held, Server.RemoteNumber);
        Assert.Equal(ReceiveResult.NewState, Inject(_peer.Instruction(held, held + 8)));
        Assert.Equal(ReceiveResult.Accepted, Inject(_peer.Instruction(held, held + 8)));
        Assert.Equal(held + 8, Server.RemoteNumber);
    }

    [Fact]
    public void Another_version_is_reported_once()
    {
        _pair.Server.Events.Clear();
        ulong held = Server.RemoteNumber;
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(ReceiveResult.Dropped, Inject(_peer.Instruction(held, held + 1, version: 3)));
        }

        Assert.Single(_pair.Server.Events, TransportEvent.WrongVersion);
        Assert.Equal(held, Server.RemoteNumber);
    }

    [Fact]
    public void States_that_are_never_thrown_away_come_to_an_end()
    {
        ulong held = Server.RemoteNumber;
        for (ulong i = 1; i <= 1500; i++)
        {
            Inject(_peer.Instruction(held, held + i));
        }

        int atBound = Server.ReceivedStatesHeld;
        Assert.InRange(atBound, SspLimits.ReceivedStatesMax, SspLimits.ReceivedStatesMax + 3);
        for (ulong i = 2000; i < 4000; i++)
        {
            _pair.RunFor(1000);
            Inject(_peer.Instruction(held, held + i));
        }

        Assert.InRange(Server.ReceivedStatesHeld - atBound, 2000 / 15, (2000 / 15) + 1);
        _pair.Server.AssertNoSnapshotIsLost();
    }

    [Fact]
    public void A_peer_that_throws_its_states_away_again_is_heard_again()
    {
        ulong held = Server.RemoteNumber;
        for (ulong i = 1; i <= 1100; i++)
        {
            Inject(_peer.Instruction(held, held + i));
        }

        ulong newest = Server.RemoteNumber;
        Assert.Equal(ReceiveResult.NewState, Inject(_peer.Instruction(newest, newest + 1, throwaway: newest)));
        Assert.Equal(2, Server.ReceivedStatesHeld);
        _pair.Server.AssertNoSnapshotIsLost();
    }

    [Fact]
    public void A_decompression_bomb_is_dropped_at_its_bound()
    {
        byte[] bomb = new byte[40_000];
        bomb[0] = 0x78;
        Assert.Equal(AssemblyResult.Refused, new FragmentAssembly().Add([], out _));
        InstructionCodec codec = new(new EndlessCompressor());
        Assert.False(codec.TryDecode(bomb, out _));
        Assert.InRange(EndlessCompressor.LargestAsked, 1, SspLimits.InstructionBytesMax);
    }

    [Fact]
    public void Random_instructions_and_fragments_neither_throw_nor_lose_a_snapshot()
    {
        SeededRandom random = new(77);
        for (int i = 0; i < 30_000 && !Server.IsFinished; i++)
        {
            ulong held = Server.RemoteNumber;
            ulong Near() => random.Chance(30) ? random.NextUInt64() : held + (ulong)random.Next(6) - 3;
            byte[] datagram = random.Next(3) switch
            {
                0 => _peer.Instruction(Near(), Near(), Near(), Near(), random.NextBytes(random.Next(40)), random.Chance(20) ? 1u : 2u),
                1 => _peer.Fragment((ulong)random.Next(3), random.Next(4), random.Chance(300), random.NextBytes(random.Next(30))),
                _ => _peer.Instruction(held, held + 1, throwaway: held - (ulong)random.Next(3)),
            };
            Inject(datagram);
            _pair.RunFor(random.Next(3));
            Assert.InRange(Server.ReceivedStatesHeld, 1, SspLimits.ReceivedStatesHardMax);
            Assert.InRange(Server.SentStatesHeld, 1, SspLimits.SentStatesMax);
        }

        _pair.Server.AssertNoSnapshotIsLost();
    }

    [Fact]
    public void Timestamps_of_any_value_do_no_harm()
    {
        SeededRandom random = new(78);
        for (int i = 0; i < 2000; i++)
        {
            byte[] fragment = new byte[11];
            Inject(_peer.Datagram(fragment, (ushort)random.Next(65536), (ushort)random.Next(65536)));
            Assert.InRange(Server.SrttMillis, 0, 5000);
            Assert.InRange(Server.RtoMillis, 50, 1000);
            Assert.InRange(Server.SendIntervalMillis, 20, 250);
        }
    }

    private ReceiveResult Inject(byte[] datagram) => _pair.Inject(_pair.Server, datagram, _pair.Client.Address);

    /// <summary>Dropped, and as if never received: but for the 40 s of silence, which any authentic datagram breaks.</summary>
    private void AssertDropped(byte[] datagram)
    {
        string before = _pair.Server.Fingerprint();
        Assert.Equal(ReceiveResult.Dropped, Inject(datagram));
        Assert.Equal(before, _pair.Server.Fingerprint());
    }
}
