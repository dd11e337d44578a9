using System.Runtime.InteropServices;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Datagrams of one length to one peer, which leave in one call (udp(7), UDP_SEGMENT); the last may be shorter. They lie one behind the other: each is written where it is sent from.
/// Nothing waits here beyond one turn of the loop, which ends with <see cref="Flush"/>.
/// </summary>
internal sealed unsafe class SendBatch : IDisposable
{
    /// <summary>The kernel's UDP_MAX_SEGMENTS.</summary>
    public const int CountMax = 64;

    /// <summary>The longest datagram that may be written into <see cref="Room"/>.</summary>
    public const int DatagramBytesMax = 2048;

    /// <summary>As large as a UDP packet of IPv4 may be, less than what IPv6 may have.</summary>
    private const int BytesMax = 65_507;

    private readonly byte* _bytes = (byte*)NativeMemory.Alloc(BytesMax + DatagramBytesMax);
    private UdpSocket? _socket;
    private int _length;
    private int _segmentBytes;
    private bool _isClosed;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Whom they go to; after <see cref="Flush"/> whom the last ones went to.</summary>
    public PeerAddress To { get; private set; }

    /// <summary>errno of the last that failed.</summary>
    public int LastError { get; private set; }

    /// <summary>Where the next one is to be written.</summary>
    public Span<byte> Room => new(_bytes + _length, DatagramBytesMax);

    /// <summary>Takes the datagram that was written into <see cref="Room"/>, after sending those that it does not go with.</summary>
    /// <returns>What became of those: <see cref="SendResult.Sent"/> when all left, or none was sent yet.</returns>
    public SendResult Add(UdpSocket socket, int bytes, in PeerAddress to)
    {
        SendResult result = SendResult.Sent;
        if (!Fits(socket, bytes, to))
        {
            int at = _length;
            result = Flush();
            new ReadOnlySpan<byte>(_bytes + at, bytes).CopyTo(new Span<byte>(_bytes, bytes));
        }

        if (Count == 0)
        {
            _socket = socket;
            To = to;
            _segmentBytes = bytes;
        }

        _isClosed = bytes < _segmentBytes;
        _length += bytes;
        Count++;
        return result;
    }

    /// <summary>Sends what waits.</summary>
    public SendResult Flush()
    {
        if (Count == 0)
        {
            return SendResult.Sent;
        }

        SendResult result = Count > 1 && _socket!.SendsBatches
            ? _socket.SendBatch(new ReadOnlySpan<byte>(_bytes, _length), _segmentBytes, To)
            : SendResult.TooLong;
        if (result == SendResult.TooLong)
        {
            result = SendOneByOne();
        }

        LastError = _socket!.LastError;
        Count = _length = 0;
        _isClosed = false;
        return result;
    }

    public void Dispose() => NativeMemory.Free(_bytes);

    private bool Fits(UdpSocket socket, int bytes, in PeerAddress to) =>
        Count == 0 || (!_isClosed && Count < CountMax && bytes <= _segmentBytes && _length + bytes <= BytesMax && socket == _socket && to == To);

    /// <summary>The result of the last that failed.</summary>
    private SendResult SendOneByOne()
    {
        SendResult result = SendResult.Sent;
        for (int at = 0; at < _length; at += _segmentBytes)
        {
            SendResult one = _socket!.Send(new ReadOnlySpan<byte>(_bytes + at, Math.Min(_segmentBytes, _length - at)), To);
            result = one == SendResult.Sent ? result : one;
        }

        return result;
    }
}
