using System.Buffers.Binary;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Opens and seals datagrams of both directions with the session's key: what a planted bug needs to act, and an invariant to look inside.</summary>
internal sealed class SimSeal(SessionKey key)
{
    private readonly DatagramCodec _asClient = new(Side.Client, key);
    private readonly DatagramCodec _asServer = new(Side.Server, key);

    public static ulong SequenceOf(ReadOnlySpan<byte> datagram) =>
        datagram.Length < sizeof(ulong) ? 0 : BinaryPrimitives.ReadUInt64BigEndian(datagram) & ~(1UL << 63);

    public static bool IsFromServer(ReadOnlySpan<byte> datagram) => (datagram[0] & 0x80) != 0;

    /// <summary>Is the datagram a whole instruction by itself?</summary>
    public bool IsWhole(SimPacket packet) =>
        ReaderOf(packet).Open(packet.Datagram, out OpenedDatagram opened) == ReceiveResult.Accepted
        && opened.Fragment.Length > FragmentHeader.Bytes
        && FragmentHeader.Read(opened.Fragment) is { Number: 0, IsLast: true };

    public bool TryOpen(SimPacket packet, out OpenedDatagram opened) => ReaderOf(packet).Open(packet.Datagram, out opened) == ReceiveResult.Accepted;

    /// <summary>Puts another sequence number, and another fragment if given, into the packet.</summary>
    public void Reseal(SimPacket packet, ulong sequence, ReadOnlySpan<byte> fragment = default)
    {
        if (!TryOpen(packet, out OpenedDatagram opened))
        {
            return;
        }

        ReadOnlySpan<byte> content = fragment.IsEmpty ? opened.Fragment : fragment;
        content.CopyTo(packet.Bytes.AsSpan(DatagramCodec.HeaderBytes));
        DatagramCodec writer = packet.Destination == Side.Server ? _asClient : _asServer;
        writer.NextSequence = sequence;
        packet.Length = writer.Seal(packet.Bytes, opened.Timestamp, opened.TimestampReply, content.Length);
    }

    private DatagramCodec ReaderOf(SimPacket packet) => packet.Destination == Side.Server ? _asServer : _asClient;
}
