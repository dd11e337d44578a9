using System.Buffers.Binary;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// What a relay decides, without sockets and clock. It holds no key: whoever knows its id may speak through it, and is told apart from a replay by the sequence number that
/// stands in clear in each datagram's nonce. Answers go to the sender of the newest.
/// </summary>
internal sealed class RelayCore
{
    /// <summary>A server that is gone is told by the system of its machine: so often, over so long, with no datagram from it in between. A firewall that is loaded anew says so too, but not for long.</summary>
    public const int RefusalsMin = 3;
    public const long RefusedMillis = 120_000;

    /// <summary>A relay that no client ever found a use for.</summary>
    public const long UnusedMillis = 3_600_000;

    /// <summary>
    /// The present sender has been silent for longer than any client that is awake: whoever else knows the id takes its place, whatever its number. So one datagram with an invented
    /// number does not lock the client out for good.
    /// </summary>
    public const long SilentMillis = 5000;

    public const long AskMillisDefault = 60_000;
    public const long IdleMillisDefault = 7L * 24 * 3_600_000;

    // The protocol's nonce in clear: direction bit and sequence number; behind it at least the tag (docs/protocol.md).
    private const int NonceBytes = 8;
    private const int TagBytes = 16;
    private const ulong DirectionBit = 1UL << 63;

    private readonly byte[] _id;
    private readonly int _nonceOffset;
    private readonly Instant _started;
    private readonly long _idleMillis;
    private readonly long _askMillis;
    private ulong _nextSequence;
    private Instant _lastLife;
    private Instant _lastAnswer;
    private Instant _lastOfClient;
    private Instant _nextAsk;
    private Instant _firstRefusal = Instant.Never;
    private int _refusals;

    /// <param name="id">What a datagram must begin with.</param>
    /// <param name="innerIds">Ids of later relays, or of a shared port, that stand behind ours and go on with the datagram.</param>
    /// <param name="now">The time of the start.</param>
    /// <param name="idleMillis">The relay ends when neither side was heard for so long.</param>
    /// <param name="askMillis">The target is asked whether it is still there when it was not heard for so long.</param>
    public RelayCore(ReadOnlySpan<byte> id, int innerIds, Instant now, long idleMillis, long askMillis)
    {
        _id = id.ToArray();
        _nonceOffset = id.Length * (1 + innerIds);
        _started = _lastLife = _lastAnswer = now;
        _idleMillis = idleMillis;
        _askMillis = askMillis;
        _nextAsk = now.PlusMillis(askMillis);
    }

    /// <summary>Where the target's datagrams go; none before the first of a client.</summary>
    public PeerAddress Client { get; private set; }

    public Instant NextTimeout
    {
        get
        {
            Instant end = Client.IsNone ? _started.PlusMillis(UnusedMillis) : Instant.Never;
            return Instant.Min(_nextAsk, Instant.Min(end, _lastLife.PlusMillis(_idleMillis)));
        }
    }

    public bool IsOver(Instant now) =>
        (_refusals >= RefusalsMin && now.MillisSince(_firstRefusal) >= RefusedMillis)
        || now.MillisSince(_lastLife) >= _idleMillis
        || (Client.IsNone && now.MillisSince(_started) >= UnusedMillis);

    /// <summary>A datagram from outside. True: what stands behind our id goes to the target. Anything else gets no answer.</summary>
    public bool TakeFromOutside(Instant now, in PeerAddress from, ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < _nonceOffset + NonceBytes + TagBytes || !datagram.StartsWith(_id))
        {
            return false;
        }

        ulong nonce = BinaryPrimitives.ReadUInt64BigEndian(datagram[_nonceOffset..]);
        if ((nonce & DirectionBit) != 0)
        {
            return false;
        }

        // A replay, or one that was overtaken, may go on: the server knows what to do with it. But it moves nothing.
        bool isNews = nonce >= _nextSequence;
        if (isNews || (Client != from && now.MillisSince(_lastOfClient) >= SilentMillis))
        {
            _nextSequence = nonce + 1;
            _lastLife = isNews ? now : _lastLife;
            Client = from;
        }

        if (Client == from)
        {
            _lastOfClient = now;
        }

        return true;
    }

    /// <summary>A datagram of the target. False: there is nobody to give it to.</summary>
    public bool TakeFromTarget(Instant now)
    {
        _lastLife = _lastAnswer = now;
        _nextAsk = now.PlusMillis(_askMillis);
        _refusals = 0;
        return !Client.IsNone;
    }

    /// <summary>The target's machine says that nobody listens there (ICMP, port unreachable).</summary>
    public void TakeRefusal(Instant now)
    {
        _firstRefusal = _refusals == 0 ? now : _firstRefusal;
        _refusals++;
    }

    /// <summary>True: send the target an empty datagram now. A server drops it; a machine without that server says so.</summary>
    public bool TakeAsk(Instant now)
    {
        if (now < _nextAsk)
        {
            return false;
        }

        _nextAsk = now.PlusMillis(_askMillis);
        return now.MillisSince(_lastAnswer) >= _askMillis;
    }
}
