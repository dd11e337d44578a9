using System.Buffers.Binary;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Datagrams over a stream of kind Udp: the short ones as DATAGRAM frames, those that do not fit into one, and the first ones, as records (two bytes of length, the bytes) in the stream.
/// Like a network it loses what it has no room for, and never waits.
/// </summary>
internal sealed class UdpStream(StreamSet streams, ulong id)
{
    /// <summary>The largest datagram of UDP over IPv4 (RFC 768, RFC 791).</summary>
    public const int DatagramBytesMax = 65_507;

    /// <summary>What waits for room in the stream; beyond it a datagram is lost. Who asks again (DNS) is served better by the newer question than by a long queue.</summary>
    public const int WaitingBytesMax = 48 * 1024;

    private const int LengthBytes = 2;

    private readonly StreamSet _streams = streams;
    private byte[] _waiting = [];
    private int _start;
    private int _end;

    public ulong Id { get; } = id;

    /// <summary>The peer is known to know the stream: before that a frame beside it could come too early, and be lost.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>The peer sent what is no record: the stream is to be reset.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>When a datagram last went through, either way.</summary>
    public Instant LastUsed { get; set; }

    /// <summary>False: it is lost.</summary>
    public bool TrySend(Instant now, ReadOnlySpan<byte> datagram)
    {
        LastUsed = now;
        if (IsAnswered && _streams.TrySendDatagram(Id, datagram))
        {
            return true;
        }

        int waiting = _end - _start;
        if (datagram.Length > DatagramBytesMax || waiting > WaitingBytesMax)
        {
            return false;
        }

        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)datagram.Length);
        Put(length);
        Put(datagram);
        return true;
    }

    /// <summary>There is room again for what waits.</summary>
    public void Flush()
    {
        if (_start < _end)
        {
            _start += _streams.Write(Id, _waiting.AsSpan(_start, _end - _start));
        }

        if (_start == _end && _waiting.Length > 0)
        {
            (_waiting, _start, _end) = ([], 0, 0);
        }
    }

    /// <summary>A record goes as a whole, or not at all: what the stream does not take now waits here.</summary>
    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (_start == _end)
        {
            bytes = bytes[_streams.Write(Id, bytes)..];
        }

        if (bytes.IsEmpty)
        {
            return;
        }

        if (_end + bytes.Length > _waiting.Length)
        {
            byte[] larger = new byte[Math.Max(_end - _start + bytes.Length, 2 * _waiting.Length)];
            _waiting.AsSpan(_start, _end - _start).CopyTo(larger);
            (_waiting, _start, _end) = (larger, 0, _end - _start);
        }

        bytes.CopyTo(_waiting.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The next datagram that has come whole.</summary>
    /// <param name="now">The time of the turn.</param>
    /// <param name="destination">Room for the longest.</param>
    /// <param name="length">Of the datagram.</param>
    public bool TryTake(Instant now, Span<byte> destination, out int length)
    {
        if (_streams.TryTakeDatagram(Id, destination, out length) || TryTakeRecord(destination, out length))
        {
            LastUsed = now;
            return true;
        }

        return false;
    }

    private bool TryTakeRecord(Span<byte> destination, out int length)
    {
        length = 0;
        ReadOnlySpan<byte> bytes = _streams.Peek(Id);
        if (bytes.Length < LengthBytes || IsMalformed)
        {
            return false;
        }

        length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        IsMalformed = length > DatagramBytesMax;
        if (IsMalformed || bytes.Length < LengthBytes + length)
        {
            return false;
        }

        bytes.Slice(LengthBytes, length).CopyTo(destination);
        _streams.Consume(Id, LengthBytes + length);
        return true;
    }
}
