using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>One connection of a <see cref="Pair"/>, with its local state, its address and a record of what happened.</summary>
internal sealed class Endpoint
{
    private readonly byte[] _buffer = new byte[1500];

    public Endpoint(Side side, SessionKey key, ITimingPolicy timing, Instant now, PeerAddress own, PeerAddress peer, ulong seed, ICompressor compressor)
    {
        Address = own;
        Local = Pool.Rent();
        SampleState remote = Pool.Rent();
        Connection = new SspConnection<SampleState, SampleState>(side, key, Local, remote, timing, new SeededRandom(seed), compressor, now, peer);
        remote.Release();
    }

    public SampleStatePool Pool { get; } = new();

    public SspConnection<SampleState, SampleState> Connection { get; }

    /// <summary>The live object, changed in place by the tests.</summary>
    public SampleState Local { get; }

    public PeerAddress Address { get; set; }

    public List<TransportEvent> Events { get; } = [];

    /// <summary>Times at which a datagram left, with its length.</summary>
    public List<(Instant At, int Length)> Sent { get; } = [];

    public int WakeUps { get; set; }

    public string Remote => Connection.Remote.Text;

    public void Set(Instant now, string text)
    {
        Local.Set(text);
        Connection.SetLocal(now, Local);
    }

    /// <summary>The D calls, until both are empty.</summary>
    public void Drain(Instant now, Action<byte[], PeerAddress> send)
    {
        while (Connection.PollTransmit(now, _buffer, out int written, out PeerAddress to))
        {
            Sent.Add((now, written));
            send(_buffer.AsSpan(0, written).ToArray(), to);
        }

        while (Connection.PollEvent(out TransportEvent transportEvent))
        {
            Events.Add(transportEvent);
        }
    }

    /// <summary>Every snapshot that is out is one that the connection says it holds; plus the live object.</summary>
    public void AssertNoSnapshotIsLost() =>
        Assert.Equal(Connection.SentStatesHeld + Connection.ReceivedStatesHeld + 1, Pool.Live);

    /// <summary>All that a replayed or hostile datagram must not change.</summary>
    public string Fingerprint() => string.Join(
        '|',
        Remote,
        Connection.RemoteNumber,
        Connection.AckedByPeer,
        Connection.LastSentNumber,
        Connection.SrttMillis,
        Connection.RtoMillis,
        Connection.LastHeard,
        Connection.LastAckedSentAt,
        Connection.Peer.GetHashCode(),
        Connection.NextTimeout,
        Connection.ReceivedStatesHeld,
        Connection.SentStatesHeld,
        Connection.MtuBytes,
        Connection.IsFinished,
        Pool.Live);
}
