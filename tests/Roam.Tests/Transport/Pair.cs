using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>A client and a server over a simulated link in virtual time, after quinn's test Pair. Time moves from one due thing to the next.</summary>
internal sealed class Pair
{
    private const int TurnsMax = 2_000_000;

    private readonly SeededRandom _random;
    private readonly List<Flight> _flights = [];
    private long _order;

    public Pair(int oneWayMillis = 50, ulong seed = 1, Func<ITimingPolicy>? timing = null, ICompressor? compressor = null, Instant? start = null)
    {
        OneWayMillis = oneWayMillis;
        _random = new SeededRandom(seed);
        Now = start ?? new Instant(1_000_000);
        Key = SessionKey.Create(_random);
        timing ??= () => new StockTiming();
        compressor ??= new StoredCompressor();
        PeerAddress server = AddressOf(1);
        Client = new Endpoint(Side.Client, Key, timing(), Now, AddressOf(2), server, seed + 1, compressor);
        Server = new Endpoint(Side.Server, Key, timing(), Now, server, default, seed + 2, compressor);
    }

    public Instant Now { get; private set; }

    public int OneWayMillis { get; set; }

    public SessionKey Key { get; }

    public Endpoint Client { get; }

    public Endpoint Server { get; }

    public LinkFaults Up { get; } = new();

    public LinkFaults Down { get; } = new();

    /// <summary>The stream through ssh that lives: nothing is lost on it. Datagrams to another one are.</summary>
    public PeerAddress Carrier { get; set; }

    /// <summary>Every datagram that was sent to the server and to the client, also lost ones.</summary>
    public List<Flight> Record { get; } = [];

    /// <summary>Asked for each datagram before the link's own faults; false loses it.</summary>
    public Func<Flight, bool> Passes { get; set; } = _ => true;

    public static PeerAddress AddressOf(byte number, bool isIPv6 = false) => new([number, 0, 0, 0], isIPv6);

    public void RunFor(long millis) => RunForMicros(millis * 1000);

    public void RunForMicros(long micros)
    {
        Instant end = Now.PlusMicros(micros);
        RunUntil(end, () => false);
        Now = end;
    }

    /// <summary>Runs until the condition holds; the answer is the time it took, or -1 when it did not come true within the limit.</summary>
    public long MillisUntil(Func<bool> condition, long limitMillis)
    {
        Instant start = Now;
        return RunUntil(Now.PlusMillis(limitMillis), condition) ? Now.MillisSince(start) : -1;
    }

    /// <summary>A datagram out of nowhere.</summary>
    public ReceiveResult Inject(Endpoint to, byte[] datagram, PeerAddress from)
    {
        ReceiveResult result = to.Connection.HandleDatagram(Now, from, datagram, false);
        Drain(to);
        return result;
    }

    /// <summary>The B and C calls of tests end with this.</summary>
    public void DrainBoth()
    {
        Drain(Client);
        Drain(Server);
    }

    private bool RunUntil(Instant end, Func<bool> condition)
    {
        for (int turn = 0; turn < TurnsMax; turn++)
        {
            DrainBoth();
            if (condition())
            {
                return true;
            }

            Instant next = Instant.Min(Client.Connection.NextTimeout, Server.Connection.NextTimeout);
            foreach (Flight flight in _flights)
            {
                next = Instant.Min(next, flight.Arrives);
            }

            if (next > end)
            {
                return false;
            }

            Now = Instant.Max(Now, next);
            Deliver();
            Wake(Client);
            Wake(Server);
        }

        throw new InvalidOperationException("the pair does not come to rest: a deadline lies in the past");
    }

    private void Wake(Endpoint endpoint)
    {
        if (endpoint.Connection.NextTimeout <= Now)
        {
            endpoint.WakeUps++;
            endpoint.Connection.HandleTimeout(Now);
        }
    }

    private void Deliver()
    {
        List<Flight> due = [.. _flights.Where(f => f.Arrives <= Now).OrderBy(f => f.Arrives.Micros).ThenBy(f => f.Order)];
        foreach (Flight flight in due)
        {
            _flights.Remove(flight);
            Endpoint to = flight.ToServer ? Server : Client;
            to.Connection.HandleDatagram(Now, flight.From, flight.Datagram, false);
            Drain(to);
        }
    }

    private void Drain(Endpoint endpoint) => endpoint.Drain(Now, (datagram, to) => Send(endpoint, datagram, to));

    private void Send(Endpoint from, byte[] datagram, PeerAddress to)
    {
        bool toServer = from == Client;
        LinkFaults faults = toServer ? Up : Down;
        Flight flight = new(Now.PlusMillis(OneWayMillis), _order++, toServer, to.IsCarried ? to : from.Address, to, datagram);
        Record.Add(flight);
        if (datagram.Length > faults.DatagramBytesMax)
        {
            if (faults.SaysTooLong)
            {
                from.Connection.HandleSendError(messageTooLong: true);
            }

            return;
        }

        if (to.IsCarried)
        {
            if (to == Carrier)
            {
                _flights.Add(flight);
            }

            return;
        }

        bool goesToNobody = !toServer && to != Client.Address;
        if (!Passes(flight) || faults.IsDown || goesToNobody || _random.Chance(faults.LossPerMille))
        {
            return;
        }

        int copies = _random.Chance(faults.DuplicatePerMille) ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            int jitterMicros = faults.JitterMillis > 0 ? _random.Next(faults.JitterMillis * 1000) : 0;
            _flights.Add(flight with { Arrives = flight.Arrives.PlusMicros(jitterMicros), Order = _order++ });
        }
    }
}
