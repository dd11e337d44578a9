using System.Buffers.Binary;

namespace Roam.Lab;

/// <summary>The few fields of IP, TCP and UDP headers that tell whose packet it is (RFC 791, 8200, 9293, 768).</summary>
internal static class IpPacket
{
    private const int Ipv6HeaderBytes = 40;
    private const int Tcp = 6;
    private const int Udp = 17;

    /// <summary>TCP and UDP begin with both ports. 0: another protocol, or a fragment that is not the first.</summary>
    public static int Port(ReadOnlySpan<byte> packet, bool destination)
    {
        if (packet.Length < 20)
        {
            return 0;
        }

        int version = packet[0] >> 4;
        int header = version == 4 ? (packet[0] & 15) * 4 : Ipv6HeaderBytes;
        if (packet.Length < header + 4)
        {
            return 0;
        }

        int protocol = version == 4 ? packet[9] : packet[6];
        bool laterFragment = version == 4 && (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x1FFF) != 0;
        return protocol is Tcp or Udp && !laterFragment ? BinaryPrimitives.ReadUInt16BigEndian(packet[(header + (destination ? 2 : 0))..]) : 0;
    }
}
