using Roam.Transport;

namespace Roam.Lab;

/// <summary>Two ends in one process: datagrams of one are kept for a while in virtual time, then handed to the other, whose acknowledgements come at once.</summary>
internal sealed class StreamFlow
{
    private const int DatagramBytes = 1240;
    private const int OverheadBytes = 66;
    private const int Turn = 16;

    private readonly StreamSet _writer = new(Side.Client, new FixedWindow());
    private readonly StreamSet _reader = new(Side.Server, new FixedWindow());
    private readonly ulong[] _ids;
    private readonly byte[] _content = new byte[256 * 1024];
    private readonly byte[] _buffer = new byte[1500];
    private readonly byte[][] _onTheWay;
    private readonly (ulong Number, int Length, Instant At)[] _heads;
    private readonly int _writeBytes;
    private readonly int _busy;
    private readonly int _loseOneIn;
    private readonly int _delayMicros;
    private Instant _now = new(1_000_000);
    private ulong _toReader = 1;
    private ulong _toWriter = 1;
    private long _from;
    private long _to;
    private int _next;

    public StreamFlow(int streams, int busy, int writeBytes, int delayMicros, int loseOneIn)
    {
        (_busy, _writeBytes, _delayMicros, _loseOneIn) = (busy, writeBytes, delayMicros, loseOneIn);
        _onTheWay = new byte[4096][];
        _heads = new (ulong, int, Instant)[_onTheWay.Length];
        for (int i = 0; i < _onTheWay.Length; i++)
        {
            _onTheWay[i] = new byte[1500];
        }

        _ids = new ulong[streams];
        for (int i = 0; i < streams; i++)
        {
            if (!_writer.TryOpen(_now, StreamKind.Connect, [1, 2, 3], out _ids[i]))
            {
                throw new InvariantViolation("bench", $"only {i} streams can be open");
            }
        }
    }

    public long Datagrams { get; private set; }

    public long BytesRead { get; private set; }

    public void Run(long datagrams)
    {
        long end = Datagrams + datagrams;
        for (long turns = 0; Datagrams < end; turns++)
        {
            if (turns > 100 * datagrams)
            {
                throw new InvariantViolation("bench", "it does not move");
            }

            _now = _now.PlusMicros(100);
            Write();
            Deliver();
            Answer();
            Wake(_writer);
            Wake(_reader);
        }
    }

    private void Write()
    {
        for (int i = 0; i < Math.Min(_busy, 40); i++)
        {
            _writer.Write(_ids[_next], _content.AsSpan(0, _writeBytes));
            _next = _next + 1 >= _busy ? 0 : _next + 1;
        }

        for (int sent = 0; sent < Turn && _to - _from < _onTheWay.Length; sent++)
        {
            byte[] slot = _onTheWay[_to % _onTheWay.Length];
            int length = _writer.WriteDatagram(_now, _toReader, slot.AsSpan(0, DatagramBytes), OverheadBytes);
            if (length == 0)
            {
                break;
            }

            _heads[_to++ % _onTheWay.Length] = (_toReader++, length, _now);
        }

        while (_writer.PollChannelEvent(out _) || _writer.PollEvent(out _))
        {
        }
    }

    private void Deliver()
    {
        while (_from < _to && _heads[_from % _onTheWay.Length].At.PlusMicros(_delayMicros) <= _now)
        {
            (ulong number, int length, _) = _heads[_from % _onTheWay.Length];
            Datagrams++;
            if (_loseOneIn == 0 || number % (ulong)_loseOneIn != 7)
            {
                _reader.TakeDatagram(_now, number, _onTheWay[_from % _onTheWay.Length].AsSpan(0, length), _toWriter);
            }

            _from++;
        }

        while (_reader.PollChannelEvent(out StreamEvent e))
        {
            if (e.Event == StreamEventKind.Opened)
            {
                _reader.Accept(e.Id);
            }

            int readable = _reader.Peek(e.Id).Length;
            _reader.Consume(e.Id, readable);
            BytesRead += readable;
        }
    }

    private void Answer()
    {
        for (int length; (length = _reader.WriteDatagram(_now, _toWriter, _buffer.AsSpan(0, DatagramBytes), OverheadBytes)) > 0;)
        {
            _writer.TakeDatagram(_now, _toWriter++, _buffer.AsSpan(0, length), _toReader);
        }
    }

    private void Wake(StreamSet streams)
    {
        if (streams.NextTimeout <= _now)
        {
            streams.HandleTimeout(_now);
        }
    }
}
