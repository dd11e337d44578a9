namespace Roam.Host;

/// <summary>What goes with a datagram beside its bytes (cmsg(3)): the congestion mark, the address of this machine that it came to or leaves from, and where one ends and the next begins when several go in one call.</summary>
internal static unsafe class ControlMessages
{
    /// <summary>Mark, address of both families and length of a segment, each rounded up to 8 bytes, with room to spare.</summary>
    public const int BytesMax = 128;

    // RFC 3168 section 5: the two low bits of the TOS byte; 11 is CE.
    private const int CongestionExperienced = 0b11;

    // struct in_pktinfo: interface, local address, header's address. struct in6_pktinfo: address, interface.
    private const int IPv4InfoBytes = 12;
    private const int IPv4LocalOffset = 4;
    private const int IPv6InfoBytes = 20;

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    /// <summary>Whatever is cut short or unknown counts as nothing.</summary>
    public static void Read(byte* control, int length, out bool congestionExperienced, out LocalAddress local, out int segmentBytes)
    {
        segmentBytes = 0;
        congestionExperienced = false;
        local = default;
        int headerBytes = sizeof(Libc.CmsgHdr);
        int offset = 0;
        while (offset + headerBytes < length)
        {
            Libc.CmsgHdr* header = (Libc.CmsgHdr*)(control + offset);
            if (header->Length <= (nuint)headerBytes || header->Length > (nuint)(length - offset))
            {
                return;
            }

            ReadOnlySpan<byte> data = new(control + offset + headerBytes, (int)header->Length - headerBytes);
            switch (header->Level, header->Type)
            {
                // IP_TOS carries one byte, IPV6_TCLASS an int; both machines are little-endian, so the first byte has the two bits.
                case (Libc.IPPROTO_IP, Libc.IP_TOS) or (Libc.IPPROTO_IPV6, Libc.IPV6_TCLASS):
                    congestionExperienced |= (data[0] & CongestionExperienced) == CongestionExperienced;
                    break;
                case (Libc.IPPROTO_IP, Libc.IP_PKTINFO) when data.Length >= IPv4InfoBytes:
                    local = Mapped(data.Slice(IPv4LocalOffset, 4));
                    break;
                case (Libc.IPPROTO_IPV6, Libc.IPV6_PKTINFO) when data.Length >= IPv6InfoBytes:
                    local = LocalAddress.Read(data);
                    break;
                case (Libc.IPPROTO_UDP, Libc.UDP_GRO) when data.Length >= sizeof(int):
                    segmentBytes = Math.Max(0, BitConverter.ToInt32(data));
                    break;
            }

            offset += Align((int)header->Length);
        }
    }

    /// <summary>Asks for the datagram to leave from that address. The interface is left to the routes. Returns the length.</summary>
    public static int WriteLocal(byte* control, LocalAddress local, bool isIPv6)
    {
        int headerBytes = sizeof(Libc.CmsgHdr);
        int bytes = headerBytes + (isIPv6 ? IPv6InfoBytes : IPv4InfoBytes);
        Libc.CmsgHdr* header = (Libc.CmsgHdr*)control;
        header->Length = (nuint)bytes;
        header->Level = isIPv6 ? Libc.IPPROTO_IPV6 : Libc.IPPROTO_IP;
        header->Type = isIPv6 ? Libc.IPV6_PKTINFO : Libc.IP_PKTINFO;
        Span<byte> data = new(control + headerBytes, Align(bytes) - headerBytes);
        data.Clear();
        Span<byte> address = stackalloc byte[LocalAddress.Bytes];
        local.CopyTo(address);
        if (isIPv6)
        {
            address.CopyTo(data);
        }
        else
        {
            address[MappedPrefix.Length..].CopyTo(data[IPv4LocalOffset..]);
        }

        return Align(bytes);
    }

    /// <summary>The bytes of the message are datagrams of this length. Returns the length.</summary>
    public static int WriteSegment(byte* control, int segmentBytes)
    {
        int bytes = sizeof(Libc.CmsgHdr) + sizeof(ushort);
        Libc.CmsgHdr* header = (Libc.CmsgHdr*)control;
        header->Length = (nuint)bytes;
        header->Level = Libc.IPPROTO_UDP;
        header->Type = Libc.UDP_SEGMENT;
        *(ulong*)(header + 1) = (ushort)segmentBytes;
        return Align(bytes);
    }

    private static int Align(int length) => (length + 7) & ~7;

    private static LocalAddress Mapped(ReadOnlySpan<byte> address)
    {
        Span<byte> mapped = stackalloc byte[LocalAddress.Bytes];
        MappedPrefix.CopyTo(mapped);
        address.CopyTo(mapped[MappedPrefix.Length..]);
        return LocalAddress.Read(mapped);
    }
}
