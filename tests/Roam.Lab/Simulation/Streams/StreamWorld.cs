using Roam.Transport;

namespace Roam.Lab;

/// <summary>Two connections with streams over simulated links, and someone who types: each key is a change of the client's state, answered by one of the server's.</summary>
internal sealed class StreamWorld
{
    private const int TurnsMax = 20_000_000;
    private static readonly SimAddress _serverAddress = new(1, 60001);

    private readonly SimEventQueue _queue = new();
    private readonly Stack<SimPacket> _pool = new();
    private readonly byte[] _buffer = new byte[SimPacket.BytesMax];
    private readonly Queue<(long Count, Instant At)> _keys = new();
    private SimAddress _clientAddress = new(2, 40000);
    private bool _isTyping;

    public StreamWorld(ulong seed, LinkFaults up, LinkFaults down, bool serverUsesStreams = true, bool clientUsesStreams = true)
    {
        SimRandom random = new(seed);
        SessionKey key = SessionKey.Create(random);
        Up = new SimLink(random.Fork(), _queue, _pool) { Faults = up };
        Down = new SimLink(random.Fork(), _queue, _pool) { Faults = down };
        Client = new StreamEnd(Side.Client, key, random.Fork(), Now, _serverAddress.ToPeer(), clientUsesStreams);
        Server = new StreamEnd(Side.Server, key, random.Fork(), Now, default, serverUsesStreams);
        Seal = new SimSeal(key);
    }

    public Instant Now { get; private set; } = new(1_000_000);

    public StreamEnd Client { get; }

    public StreamEnd Server { get; }

    public SimLink Up { get; }

    public SimLink Down { get; }

    public SimSeal Seal { get; }

    /// <summary>From key to the frame that shows it, in microseconds.</summary>
    public List<long> EchoMicros { get; } = [];

    /// <summary>Looks at every datagram that leaves.</summary>
    public Action<SimPacket> Watch { get; set; } = _ => { };

    public long WireBytesDown { get; private set; }

    public void Type(int everyMillis, int echoBytes)
    {
        _isTyping = true;
        Server.Local.DiffBytes = echoBytes;
        Key(everyMillis);
    }

    public void StopTyping() => _isTyping = false;

    /// <summary>The picture changes, in a frame of so many bytes.</summary>
    public void ShowScreen(int bytes)
    {
        Server.Local.DiffBytes = bytes;
        Server.Local.Count += 1_000_000;
        Server.Connection.SetLocal(Now, Server.Local);
        DrainBoth();
    }

    /// <summary>The datagram arrives once more.</summary>
    public void Replay(SimPacket packet) => _queue.Add(Now.PlusMillis(1).Micros, SimEventKind.Deliver, packet);

    /// <summary>The client has another address from now on.</summary>
    public void Roam() => _clientAddress = new SimAddress(_clientAddress.Network + 1, _clientAddress.Port);

    /// <summary>Time passes without either machine noticing: both slept.</summary>
    public void Sleep(long millis) => Now = Now.PlusMillis(millis);

    public void At(long afterMillis, Action step) => _queue.Add(Now.PlusMillis(afterMillis).Micros, SimEventKind.Step, step: step);

    public void AtMicros(Instant when, Action step) => _queue.Add(when.Micros, SimEventKind.Step, step: step);

    public void RunFor(long millis)
    {
        Instant end = Now.PlusMillis(millis);
        MillisUntil(() => false, millis);
        Now = Instant.Max(Now, end);
    }

    /// <summary>Milliseconds until it holds; -1: not within the limit.</summary>
    public long MillisUntil(Func<bool> condition, long limitMillis)
    {
        Instant start = Now;
        Instant end = Now.PlusMillis(limitMillis);
        for (int turn = 0; turn < TurnsMax; turn++)
        {
            DrainBoth();
            if (condition())
            {
                return Now.MillisSince(start);
            }

            Instant next = Instant.Min(Client.Connection.NextTimeout, Server.Connection.NextTimeout);
            next = Instant.Min(next, new Instant(_queue.NextMicros));
            if (next > end)
            {
                return -1;
            }

            Now = Instant.Max(Now, next);
            while (_queue.NextMicros <= Now.Micros)
            {
                Handle(_queue.Take());
            }

            Wake(Client);
            Wake(Server);
        }

        throw new InvariantViolation("streams", "the world does not come to rest: a deadline lies in the past");
    }

    private void Key(int everyMillis)
    {
        if (!_isTyping)
        {
            return;
        }

        Client.Local.Count++;
        _keys.Enqueue((Client.Local.Count, Now));
        Client.Connection.SetLocal(Now, Client.Local);
        Drain(Client);
        At(everyMillis, () => Key(everyMillis));
    }

    private void Wake(StreamEnd end)
    {
        if (end.Connection.NextTimeout <= Now)
        {
            end.Connection.HandleTimeout(Now);
            Drain(end);
        }
    }

    private void Handle(SimEvent simEvent)
    {
        if (simEvent.Kind == SimEventKind.Step)
        {
            simEvent.Step!();
            return;
        }

        SimPacket packet = simEvent.Packet!;
        StreamEnd to = packet.Destination == Side.Server ? Server : Client;
        if (packet.Destination == Side.Server || packet.Address == _clientAddress)
        {
            SimAddress from = packet.Destination == Side.Server ? packet.Address : _serverAddress;
            to.Connection.HandleDatagram(Now, from.ToPeer(), packet.Datagram, false);
            Notice(to);
            Drain(to);
        }

        _pool.Push(packet);
    }

    /// <summary>The program answers what was typed; the typist sees it.</summary>
    private void Notice(StreamEnd end)
    {
        long count = end.Connection.Remote.Count;
        if (end == Server && count != Server.Local.Count % 1_000_000)
        {
            At(0, () => Answer(count));
        }

        while (end == Client && _keys.TryPeek(out (long Count, Instant At) key) && key.Count <= count % 1_000_000)
        {
            EchoMicros.Add(Now.Micros - key.At.Micros);
            _keys.Dequeue();
        }
    }

    private void Answer(long count)
    {
        Server.Local.Count = (Server.Local.Count / 1_000_000 * 1_000_000) + count;
        Server.Connection.SetLocal(Now, Server.Local);
        Drain(Server);
    }

    private void DrainBoth()
    {
        Drain(Client);
        Drain(Server);
    }

    private void Drain(StreamEnd end)
    {
        end.Pump();
        while (end.Connection.PollTransmit(Now, _buffer, out int written, out PeerAddress to))
        {
            SimPacket packet = _pool.TryPop(out SimPacket? spare) ? spare : new SimPacket();
            _buffer.AsSpan(0, written).CopyTo(packet.Bytes);
            packet.Length = written;
            packet.Destination = end == Client ? Side.Server : Side.Client;
            packet.Address = end == Client ? _clientAddress : SimAddress.FromPeer(to);
            packet.IsTampered = false;
            packet.Sequence = SimSeal.SequenceOf(packet.Datagram);
            Watch(packet);
            SimLink link = end == Client ? Up : Down;
            if (link.RefusesAsTooLong(written))
            {
                end.Connection.HandleSendError(messageTooLong: true);
                _pool.Push(packet);
                continue;
            }

            WireBytesDown += end == Server ? written + SspLimits.IPv4OverheadBytes : 0;
            link.Send(Now.Micros, packet);
        }

        while (end.Connection.PollEvent(out _))
        {
        }
    }
}
