using Roam.Transport;

namespace Roam.Host;

/// <summary>Sends datagrams to an <see cref="EchoServer"/> and tells what comes back. One place at a time, each from a socket of its own.</summary>
public sealed class EchoProbe : IDisposable
{
    /// <summary>Sent for the loss and the round trip.</summary>
    public const int SeriesCount = 20;

    private const int SeriesBytes = 200;
    private const long SeriesGapMillis = 20;

    /// <summary>A place that has not answered by then counts as one that does not: as long as a session waits for UDP.</summary>
    private const long AnswerMillis = 2_000;
    private const long AnswerTryMillis = 400;

    /// <summary>An answer is waited for so long, or three round trips.</summary>
    private const long WaitMillisMin = 200;
    private const long WaitMillisMax = 1_500;

    /// <summary>A size counts as too long after so many losses.</summary>
    private const int SizeTries = 3;

    private const int SizeMin = SspLimits.FallbackDatagramBytes;

    /// <summary>An Ethernet frame's worth: 1500 bytes less the headers.</summary>
    private const int IPv4SizeMax = 1472;
    private const int IPv6SizeMax = 1452;

    private readonly EchoCodec _codec;
    private readonly UdpSocket _socket;
    private readonly PeerAddress _place;
    private readonly byte[] _buffer = new byte[SspLimits.ReceiveBytesMax];
    private readonly Dictionary<uint, Instant> _sent = [];
    private readonly Dictionary<uint, long> _roundTrips = [];
    private uint _number;
    private string _seenAs = "";
    private PeerAddress _answeredFrom;
    private string _refusal = "";

    private EchoProbe(EchoCodec codec, UdpSocket socket, in PeerAddress place)
    {
        _codec = codec;
        _socket = socket;
        _place = place;
        _socket.ForbidFragments();
    }

    /// <param name="address">Numeric.</param>
    /// <param name="port">The echo's.</param>
    /// <param name="codec">One for all places: no nonce is used twice.</param>
    public static PlaceReport Measure(string address, int port, EchoCodec codec)
    {
        if (!AddressLookup.TryResolve(address, port, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> places, out string error))
        {
            return new PlaceReport { Address = address, Refusal = error };
        }

        PeerAddress place = places[0];
        UdpSocket? socket = UdpSocket.TryOpen(place.IsIPv6);
        if (socket is null)
        {
            return new PlaceReport { Address = address, IsIPv6 = place.IsIPv6, Refusal = Libc.ErrorText(Libc.Errno) };
        }

        using EchoProbe probe = new(codec, socket, place);
        return probe.Measure(address);
    }

    public void Dispose() => _socket.Dispose();

    private PlaceReport Measure(string address)
    {
        PlaceReport report = new() { Address = address, IsIPv6 = _place.IsIPv6 };
        if (!IsAnswering())
        {
            return report with { Refusal = _refusal };
        }

        int lost = SendSeries();
        long[] times = [.. _roundTrips.Values.Order()];
        long minimum = times[0];
        long median = times[times.Length / 2];
        return report with
        {
            Answers = true,
            Sent = SeriesCount,
            Lost = lost,
            MinMicros = minimum,
            MedianMicros = median,
            BytesMax = FindSize(Math.Clamp(3 * median / 1000, WaitMillisMin, WaitMillisMax)),
            SeenAs = _seenAs,
            AnsweredFrom = _answeredFrom.IsNone || _answeredFrom == _place ? "" : SocketAddress.TextOf(_answeredFrom),
        };
    }

    private bool IsAnswering()
    {
        Instant end = SystemClock.Now.PlusMillis(AnswerMillis);
        while (SystemClock.Now < end)
        {
            _ = TrySend(SeriesBytes);
            if (Await(() => _roundTrips.Count > 0, Instant.Min(end, SystemClock.Now.PlusMillis(AnswerTryMillis))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many were lost.</summary>
    private int SendSeries()
    {
        uint first = _number + 1;
        for (int i = 0; i < SeriesCount; i++)
        {
            _ = TrySend(SeriesBytes);
            _ = Await(() => false, SystemClock.Now.PlusMillis(SeriesGapMillis));
        }

        _ = Await(() => CountFrom(first) == SeriesCount, SystemClock.Now.PlusMillis(WaitMillisMax));
        return SeriesCount - CountFrom(first);
    }

    private int CountFrom(uint first) => _roundTrips.Keys.Count(n => n >= first);

    /// <summary>By halves, from the size that sessions use.</summary>
    private int FindSize(long waitMillis)
    {
        int low = SizeMin - 1;
        int high = (_place.IsIPv6 ? IPv6SizeMax : IPv4SizeMax) + 1;
        int next = SspLimits.PacketBytes - (_place.IsIPv6 ? SspLimits.IPv6OverheadBytes : SspLimits.IPv4OverheadBytes);
        while (high - low > 1)
        {
            if (Passes(next, waitMillis))
            {
                low = next;
            }
            else
            {
                high = next;
            }

            // Most paths carry a whole Ethernet frame: asked first, that is one question instead of eight.
            next = low == next && high > IPv6SizeMax && low < high - 1 ? high - 1 : (low + high) / 2;
        }

        return Math.Max(low, 0);
    }

    private bool Passes(int size, long waitMillis)
    {
        for (int i = 0; i < SizeTries; i++)
        {
            uint number = _number + 1;
            if (!TrySend(size))
            {
                return false;
            }

            if (Await(() => _roundTrips.ContainsKey(number), SystemClock.Now.PlusMillis(waitMillis)))
            {
                return true;
            }
        }

        return false;
    }

    private bool TrySend(int size)
    {
        _number++;
        Span<byte> datagram = _buffer.AsSpan(0, size);
        _codec.Seal(datagram, _number, "");
        _sent[_number] = SystemClock.Now;
        SendResult result = _socket.Send(datagram, _place);
        _refusal = result == SendResult.Failed ? Libc.ErrorText(_socket.LastError) : _refusal;
        return result is SendResult.Sent or SendResult.Busy;
    }

    private unsafe bool Await(Func<bool> condition, Instant until)
    {
        while (!condition())
        {
            if (SystemClock.Now >= until)
            {
                return false;
            }

            Libc.PollFd fd = new() { Fd = _socket.Fd, Events = Libc.POLLIN };
            LoopWait.Poll(&fd, 1, until);
            Receive();
        }

        return true;
    }

    private void Receive()
    {
        while (_socket.TryReceive(_buffer, out int length, out PeerAddress from, out _))
        {
            if (_codec.TryOpen(_buffer.AsSpan(0, length), out uint number, out string seen) && _sent.TryGetValue(number, out Instant sent))
            {
                _ = _roundTrips.TryAdd(number, SystemClock.Now.Micros - sent.Micros);
                _seenAs = seen;
                _answeredFrom = from == _place && !_answeredFrom.IsNone ? _answeredFrom : from;
            }
        }
    }
}
