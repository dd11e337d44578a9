using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// What goes between a shared port's broker and its sessions over one SOCK_SEQPACKET connection each. All numbers are those of one machine.
/// <list type="table">
/// <item>session to broker: version, the session's connection id (16 bytes): join;</item>
/// <item>broker to session: <see cref="Answer"/>, a <see cref="BrokerAnswer"/>, and with a yes the UDP socket's descriptor;</item>
/// <item>broker to session: <see cref="Datagram"/>, congestion mark (0 or 1), length of the sender's address, 28 bytes of address, the address of this machine it came to
/// (16 bytes), then the datagram without the id.</item>
/// </list>
/// </summary>
internal static class BrokerMessage
{
    public const byte Version = 1;
    public const byte Answer = (byte)'A';
    public const byte Datagram = (byte)'D';

    public const int JoinBytes = 1 + Place.IdBytes;
    public const int AnswerBytes = 2;
    public const int HeaderBytes = AddressOffset + PeerAddress.BytesMax + LocalAddress.Bytes;

    private const int MarkOffset = 1;
    private const int LengthOffset = 2;
    private const int AddressOffset = 3;
    private const int LocalOffset = AddressOffset + PeerAddress.BytesMax;

    public static void WriteHeader(Span<byte> header, in PeerAddress from, LocalAddress local, bool isMarked)
    {
        header[0] = Datagram;
        header[MarkOffset] = isMarked ? (byte)1 : (byte)0;
        header[LengthOffset] = (byte)from.Length;
        header.Slice(AddressOffset, PeerAddress.BytesMax).Clear();
        from.CopyTo(header[AddressOffset..]);
        local.CopyTo(header[LocalOffset..]);
    }

    public static void ReadHeader(ReadOnlySpan<byte> header, out PeerAddress from, out LocalAddress local, out bool isMarked)
    {
        isMarked = header[MarkOffset] == 1;
        from = SocketAddress.ToPeer(header.Slice(AddressOffset, Math.Min((int)header[LengthOffset], PeerAddress.BytesMax)));
        local = LocalAddress.Read(header[LocalOffset..]);
    }
}
