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

    /// <summary>What waits on the way; a datagram that comes later is lost. Who asks again (DNS) is served better by the newer question than by a long queue.</summary>
    public const int WaitingBytesMax = 48 * 1024;

    private const int LengthBytes = 2;

    private readonly StreamSet _streams = streams;

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

        if (datagram.Length > DatagramBytesMax || _streams.Unacknowledged(Id) > WaitingBytesMax || _streams.WriteRoom(Id) < LengthBytes + datagram.Length)
        {
            return false;
        }

        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)datagram.Length);
        _ = _streams.Write(Id, length);
        _ = _streams.Write(Id, datagram);
        return true;
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
