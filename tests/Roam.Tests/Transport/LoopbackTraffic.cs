using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Two connections that hand each other their datagrams without a link in between; allocates nothing itself once it runs.</summary>
internal sealed class LoopbackTraffic
{
    private const int StepMillis = 7;

    private readonly byte[] _buffer = new byte[1500];
    private readonly byte[] _content = new byte[3000];
    private readonly SampleStatePool _pool = new();
    private readonly SampleState _typed;
    private readonly SampleState _shown;
    private readonly SspConnection<SampleState, SampleState> _client;
    private readonly SspConnection<SampleState, SampleState> _server;
    private readonly SeededRandom _random = new(5);
    private readonly PeerAddress _address = Pair.AddressOf(2);
    private Instant _now = new(1_000_000);
    private int _step;

    public LoopbackTraffic()
    {
        SessionKey key = SessionKey.Create(_random);
        _typed = _pool.Rent();
        _shown = _pool.Rent();
        SampleState empty = _pool.Rent();
        _client = new(Side.Client, key, _typed, empty, new RoamTiming(), _random, new StoredCompressor(), _now, Pair.AddressOf(1));
        _server = new(Side.Server, key, _shown, empty, new RoamTiming(), _random, new StoredCompressor(), _now);
    }

    /// <summary>Returns the datagrams that passed. Each step changes a state; each fifth screen is large.</summary>
    public int Run(int steps)
    {
        int datagrams = 0;
        for (int i = 0; i < steps; i++)
        {
            _now = _now.PlusMillis(StepMillis);
            _step++;
            int length = _step % 5 == 0 ? 3000 : 50;
            _content[_step % length]++;
            _typed.Set(_content.AsSpan(0, 20 + (_step % 30)));
            _shown.Set(_content.AsSpan(0, length));
            _client.SetLocal(_now, _typed);
            _server.SetLocal(_now, _shown);
            datagrams += Pump(_client, _server) + Pump(_server, _client);
        }

        return datagrams;
    }

    private int Pump(SspConnection<SampleState, SampleState> from, SspConnection<SampleState, SampleState> to)
    {
        int datagrams = 0;
        from.HandleTimeout(_now);
        while (from.PollTransmit(_now, _buffer, out int written, out _))
        {
            datagrams++;
            to.HandleDatagram(_now, _address, _buffer.AsSpan(0, written), false);
            _buffer[20] ^= 1;
            to.HandleDatagram(_now, _address, _buffer.AsSpan(0, written), false);
        }

        while (from.PollEvent(out _))
        {
        }

        return datagrams;
    }
}
