using System.Buffers.Binary;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Datagrams over a stream of kind Udp: as records (two bytes of length, the bytes) in the stream. Like a network it loses what it has no room for, and never waits.
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

    /// <summary>The peer sent what is no record: the stream is to be reset.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>When a datagram last went through, either way.</summary>
    public Instant LastUsed { get; set; }

    /// <summary>False: it is lost.</summary>
    public bool TrySend(Instant now, ReadOnlySpan<byte> datagram)
    {
        LastUsed = now;
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

    /// <summary>The next datagram that has come whole; valid until <see cref="Consume"/>.</summary>
    public bool TryPeek(Instant now, out ReadOnlySpan<byte> datagram)
    {
        datagram = default;
        ReadOnlySpan<byte> bytes = _streams.Peek(Id);
        if (bytes.Length < LengthBytes || IsMalformed)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        IsMalformed = length > DatagramBytesMax;
        if (IsMalformed || bytes.Length < LengthBytes + length)
        {
            return false;
        }

        LastUsed = now;
        datagram = bytes.Slice(LengthBytes, length);
        return true;
    }

    /// <summary>The datagram that was peeked at is done with.</summary>
    public void Consume(int length) => _streams.Consume(Id, LengthBytes + length);
}
