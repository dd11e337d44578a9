using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// A non-blocking UDP socket, never connected: the peer may roam. Outgoing datagrams are marked ECT(0), incoming congestion marks are reported (RFC 3168), and
/// path-MTU discovery is off, so that a datagram larger than some link is fragmented instead of refused (spec: ssp.md section 1).
/// </summary>
internal sealed unsafe class UdpSocket : IDisposable
{
    // RFC 3168 section 5: the two low bits of the TOS byte; 10 is ECT(0), 11 is CE.
    private const int Ect0 = 0b10;
    private const int CongestionExperienced = 0b11;

    // One cmsghdr with an int for either family, each rounded up to 8 bytes, with room to spare.
    private const int ControlBytes = 128;

    private UdpSocket(int fd, bool isIPv6)
    {
        Fd = fd;
        IsIPv6 = isIPv6;
    }

    public int Fd { get; private set; }

    /// <summary>The socket's family; an IPv6 one serves IPv4 peers too.</summary>
    public bool IsIPv6 { get; }

    /// <summary>errno of the last failed send.</summary>
    public int LastError { get; private set; }

    public int LocalPort
    {
        get
        {
            byte* address = stackalloc byte[SocketAddress.BytesMax];
            uint length = SocketAddress.BytesMax;
            return Libc.getsockname(Fd, address, &length) == 0 ? SocketAddress.PortOf(new ReadOnlySpan<byte>(address, (int)length)) : 0;
        }
    }

    /// <summary>Null: the family is not supported here, or descriptors have run out.</summary>
    public static UdpSocket? TryOpen(bool isIPv6)
    {
        int fd = Libc.socket(isIPv6 ? Libc.AF_INET6 : Libc.AF_INET, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
        return fd < 0 ? null : Adopt(fd, isIPv6);
    }

    /// <summary>Takes over a descriptor, bound or not. The options are set again: setting them twice does no harm.</summary>
    public static UdpSocket Adopt(int fd, bool isIPv6)
    {
        Libc.SetNonBlocking(fd);

        // On a dual-stack socket the IPv4 options rule the traffic with mapped addresses. An option that the system does not know is not worth a session.
        _ = Libc.SetOption(fd, Libc.IPPROTO_IP, Libc.IP_MTU_DISCOVER, Libc.IP_PMTUDISC_DONT);
        _ = Libc.SetOption(fd, Libc.IPPROTO_IP, Libc.IP_TOS, Ect0);
        _ = Libc.SetOption(fd, Libc.IPPROTO_IP, Libc.IP_RECVTOS, 1);
        if (isIPv6)
        {
            _ = Libc.SetOption(fd, Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, 0);
            _ = Libc.SetOption(fd, Libc.IPPROTO_IPV6, Libc.IPV6_MTU_DISCOVER, Libc.IP_PMTUDISC_DONT);
            _ = Libc.SetOption(fd, Libc.IPPROTO_IPV6, Libc.IPV6_TCLASS, Ect0);
            _ = Libc.SetOption(fd, Libc.IPPROTO_IPV6, Libc.IPV6_RECVTCLASS, 1);
        }

        return new UdpSocket(fd, isIPv6);
    }

    /// <summary>For measuring paths: no datagram is cut in pieces on its way, and what the kernel remembers of paths is not looked at.</summary>
    public void ForbidFragments()
    {
        _ = Libc.SetOption(Fd, Libc.IPPROTO_IP, Libc.IP_MTU_DISCOVER, Libc.IP_PMTUDISC_PROBE);
        if (IsIPv6)
        {
            _ = Libc.SetOption(Fd, Libc.IPPROTO_IPV6, Libc.IPV6_MTU_DISCOVER, Libc.IP_PMTUDISC_PROBE);
        }
    }

    /// <summary>Binds to the address, with its port replaced by the given one (0: any free). Returns 0 or errno.</summary>
    public int Bind(in PeerAddress address, int port)
    {
        Span<byte> sockaddr = stackalloc byte[SocketAddress.BytesMax];
        address.CopyTo(sockaddr);
        SocketAddress.SetPort(sockaddr, port);
        fixed (byte* start = sockaddr)
        {
            return Libc.bind(Fd, start, (uint)address.Length) == 0 ? 0 : Libc.Errno;
        }
    }

    /// <summary>False: nothing is waiting. What is longer than the buffer is cut, and then fails authentication.</summary>
    public bool TryReceive(Span<byte> buffer, out int length, out PeerAddress from, out bool congestionExperienced)
    {
        byte* address = stackalloc byte[SocketAddress.BytesMax];
        byte* control = stackalloc byte[ControlBytes];
        fixed (byte* start = buffer)
        {
            Libc.IoVec iov = new() { Base = start, Length = (nuint)buffer.Length };
            Libc.MsgHdr message = new()
            {
                Name = address,
                NameLength = SocketAddress.BytesMax,
                Iov = &iov,
                IovLength = 1,
                Control = control,
                ControlLength = ControlBytes,
            };
            nint n;
            do
            {
                n = Libc.recvmsg(Fd, &message, 0);
            }
            while (n < 0 && Libc.Errno == Libc.EINTR);

            length = (int)Math.Max(n, 0);
            if (n < 0)
            {
                from = default;
                congestionExperienced = false;
                return false;
            }

            from = SocketAddress.ToPeer(new ReadOnlySpan<byte>(address, (int)Math.Min(message.NameLength, SocketAddress.BytesMax)));
            congestionExperienced = HasCongestionMark(control, (int)message.ControlLength);
            return true;
        }
    }

    public SendResult Send(ReadOnlySpan<byte> datagram, in PeerAddress to)
    {
        byte* address = stackalloc byte[SocketAddress.BytesMax];
        to.CopyTo(new Span<byte>(address, SocketAddress.BytesMax));
        nint n;
        fixed (byte* start = datagram)
        {
            do
            {
                n = Libc.sendto(Fd, start, (nuint)datagram.Length, Libc.MSG_NOSIGNAL, address, (uint)to.Length);
            }
            while (n < 0 && Libc.Errno == Libc.EINTR);
        }

        if (n >= 0)
        {
            return SendResult.Sent;
        }

        LastError = Libc.Errno;
        return LastError switch
        {
            Libc.EMSGSIZE => SendResult.TooLong,
            Libc.EAGAIN or Libc.ENOBUFS => SendResult.Busy,
            _ => SendResult.Failed,
        };
    }

    public void Dispose()
    {
        if (Fd >= 0)
        {
            _ = Libc.close(Fd);
            Fd = -1;
        }
    }

    private static bool HasCongestionMark(byte* control, int length)
    {
        int headerBytes = sizeof(Libc.CmsgHdr);
        int offset = 0;
        while (offset + headerBytes < length)
        {
            Libc.CmsgHdr* header = (Libc.CmsgHdr*)(control + offset);
            if (header->Length <= (nuint)headerBytes || header->Length > (nuint)(length - offset))
            {
                return false;
            }

            // IP_TOS carries one byte, IPV6_TCLASS an int; both machines are little-endian, so the first byte has the two bits.
            bool isTos = (header->Level == Libc.IPPROTO_IP && header->Type == Libc.IP_TOS) || (header->Level == Libc.IPPROTO_IPV6 && header->Type == Libc.IPV6_TCLASS);
            if (isTos && (control[offset + headerBytes] & CongestionExperienced) == CongestionExperienced)
            {
                return true;
            }

            offset += ((int)header->Length + 7) & ~7;
        }

        return false;
    }
}
