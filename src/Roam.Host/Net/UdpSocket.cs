using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// A non-blocking UDP socket, never connected: the peer may roam. Outgoing datagrams are marked ECT(0), incoming congestion marks are reported (RFC 3168), and
/// path-MTU discovery is off, so that a datagram larger than some link is fragmented instead of refused (spec: ssp.md section 1).
/// </summary>
internal sealed unsafe class UdpSocket : IDatagramPort
{
    // RFC 3168 section 5: the two low bits of the TOS byte; 10 is ECT(0), 11 is CE.
    private const int Ect0 = 0b10;
    private const int CongestionExperienced = 0b11;

    /// <summary>Null: the socket has one address, or it does not matter which one answers.</summary>
    private ReachedAddresses? _reached;

    /// <summary>Null: each call gives one datagram.</summary>
    private ReceiveBatch? _batch;

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

    /// <summary>errno of the last look that found no datagram.</summary>
    public int LastReceiveError { get; private set; }

    /// <summary>The address that the last datagram came to. Known on a socket that answers from there, and settable for one that receives by another's hand.</summary>
    public LocalAddress LastLocal { get; set; }

    /// <summary>False once the system has refused to: its network cards, or its rules, cannot.</summary>
    public bool SendsBatches { get; private set; } = true;

    Instant IDatagramPort.NextTimeout => Instant.Never;

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

    /// <summary>From now on datagrams come from that address alone, and its machine's word that nobody listens there is heard. Sends nothing. Returns 0 or errno.</summary>
    public int Connect(in PeerAddress peer)
    {
        byte* address = stackalloc byte[SocketAddress.BytesMax];
        peer.CopyTo(new Span<byte>(address, SocketAddress.BytesMax));
        return Libc.connect(Fd, address, (uint)peer.Length) == 0 ? 0 : Libc.Errno;
    }

    /// <summary>For other people's datagrams: their ends may know nothing of congestion marks, and IPv4 and IPv6 have sockets of their own.</summary>
    public void MarkNothing(bool onlyOwnFamily)
    {
        _ = Libc.SetOption(Fd, Libc.IPPROTO_IP, Libc.IP_TOS, 0);
        if (IsIPv6)
        {
            _ = Libc.SetOption(Fd, Libc.IPPROTO_IPV6, Libc.IPV6_TCLASS, 0);
            _ = Libc.SetOption(Fd, Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, onlyOwnFamily ? 1 : 0);
        }
    }

    /// <summary>What is sent from now on says that it met congestion, or no longer.</summary>
    public void SetCongestionMark(bool isMarked)
    {
        int bits = isMarked ? CongestionExperienced : Ect0;
        _ = Libc.SetOption(Fd, Libc.IPPROTO_IP, Libc.IP_TOS, bits);
        if (IsIPv6)
        {
            _ = Libc.SetOption(Fd, Libc.IPPROTO_IPV6, Libc.IPV6_TCLASS, bits);
        }
    }

    /// <summary>On a socket bound to "any": what goes to a peer leaves from the address that its newest authentic datagram came to, and not from the one the routes suggest.</summary>
    public void AnswerFromReachedAddress()
    {
        _ = IsIPv6 ? Libc.SetOption(Fd, Libc.IPPROTO_IPV6, Libc.IPV6_RECVPKTINFO, 1) : Libc.SetOption(Fd, Libc.IPPROTO_IP, Libc.IP_PKTINFO, 1);
        _reached = new ReachedAddresses();
    }

    /// <summary>Lets the kernel hand over several datagrams in one call. The socket then must not be read by others, who would take them for one.</summary>
    public void ReceiveBatches(ReceiveBatch batch)
    {
        if (_batch is null && Libc.SetOption(Fd, Libc.IPPROTO_UDP, Libc.UDP_GRO, 1))
        {
            _batch = batch;
        }
    }

    /// <summary>Room in the kernel for what arrives while the process does not run: as much as it gives.</summary>
    public void AskForRoom(int bytes)
    {
        _ = Libc.SetOption(Fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, bytes);
        _ = Libc.SetOption(Fd, Libc.SOL_SOCKET, Libc.SO_SNDBUF, bytes);
    }

    public bool IsBoundToAny()
    {
        byte* address = stackalloc byte[SocketAddress.BytesMax];
        uint length = SocketAddress.BytesMax;
        return Libc.getsockname(Fd, address, &length) == 0 && SocketAddress.IsAny(new ReadOnlySpan<byte>(address, (int)Math.Min(length, SocketAddress.BytesMax)));
    }

    /// <inheritdoc/>
    public bool TryReceive(Span<byte> buffer, out int length, out PeerAddress from, out bool congestionExperienced)
    {
        if (_batch is null)
        {
            return TryReceiveCall(buffer, out length, out _, out from, out congestionExperienced);
        }

        if (_batch.IsEmpty)
        {
            Span<byte> room = new(_batch.Bytes, ReceiveBatch.BytesMax);
            if (!TryReceiveCall(room, out length, out int segmentBytes, out from, out congestionExperienced))
            {
                return false;
            }

            _batch.Fill(length, segmentBytes, from, congestionExperienced);
            if (length == 0)
            {
                return true;
            }
        }

        length = _batch.Take(buffer, out from, out congestionExperienced);
        return true;
    }

    /// <summary>Datagrams that came with the last call and were not fetched: the socket does not show them, so they are fetched before the loop sleeps.</summary>
    public bool HoldsMore => _batch is { IsEmpty: false };

    /// <inheritdoc/>
    public void KeepLocalAddress(in PeerAddress from)
    {
        if (_reached is not null && !LastLocal.IsNone)
        {
            _reached.Note(from, LastLocal);
        }
    }

    private bool TryReceiveCall(Span<byte> buffer, out int length, out int segmentBytes, out PeerAddress from, out bool congestionExperienced)
    {
        segmentBytes = 0;
        byte* address = stackalloc byte[SocketAddress.BytesMax];
        byte* control = stackalloc byte[ControlMessages.BytesMax];
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
                ControlLength = ControlMessages.BytesMax,
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
                LastReceiveError = Libc.Errno;
                from = default;
                congestionExperienced = false;
                return false;
            }

            from = SocketAddress.ToPeer(new ReadOnlySpan<byte>(address, (int)Math.Min(message.NameLength, SocketAddress.BytesMax)));
            ControlMessages.Read(control, (int)message.ControlLength, out congestionExperienced, out LocalAddress local, out segmentBytes);
            LastLocal = local;
            return true;
        }
    }

    /// <summary>Several datagrams of one length, the last perhaps shorter, in one call. <see cref="SendResult.TooLong"/>: none was sent, they have to go one by one.</summary>
    public SendResult SendBatch(ReadOnlySpan<byte> datagrams, int segmentBytes, in PeerAddress to)
    {
        LocalAddress local = _reached is null ? default : _reached.Of(to);
        SendResult result = ResultOf(SendMessage([], datagrams, to, local, segmentBytes));
        if (result == SendResult.Failed)
        {
            // EINVAL: a datagram does not fit the link, or the kernel is old; EIO: the card cannot compute checksums. What else it may be is found when they go one by one.
            SendsBatches = LastError is not (Libc.EINVAL or Libc.EIO);
            return SendResult.TooLong;
        }

        return result;
    }

    /// <inheritdoc/>
    public SendResult Send(ReadOnlySpan<byte> datagram, in PeerAddress to)
    {
        LocalAddress local = _reached is null ? default : _reached.Of(to);
        if (!local.IsNone)
        {
            return SendFrom(local, datagram, to);
        }

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

        return ResultOf(n);
    }

    /// <summary>With some bytes before the datagram, in one packet.</summary>
    public SendResult Send(ReadOnlySpan<byte> head, ReadOnlySpan<byte> datagram, in PeerAddress to) =>
        head.IsEmpty ? Send(datagram, to) : ResultOf(SendMessage(head, datagram, to, default));

    void IDatagramPort.HandleTimeout(Instant now)
    {
    }

    void IDatagramPort.Reap()
    {
    }

    public void Dispose()
    {
        if (Fd >= 0)
        {
            _ = Libc.close(Fd);
            Fd = -1;
        }
    }

    private SendResult SendFrom(LocalAddress local, ReadOnlySpan<byte> datagram, in PeerAddress to)
    {
        nint n = SendMessage([], datagram, to, local);
        if (n < 0 && Libc.Errno is Libc.EINVAL or Libc.ENETUNREACH or Libc.EADDRNOTAVAIL)
        {
            // The address is not this machine's any more, or has no way there: the routes choose.
            _reached!.Remove(to);
            n = SendMessage([], datagram, to, default);
        }

        return ResultOf(n);
    }

    private nint SendMessage(ReadOnlySpan<byte> head, ReadOnlySpan<byte> datagram, in PeerAddress to, LocalAddress local, int segmentBytes = 0)
    {
        byte* address = stackalloc byte[SocketAddress.BytesMax];
        byte* control = stackalloc byte[ControlMessages.BytesMax];
        Libc.IoVec* parts = stackalloc Libc.IoVec[2];
        to.CopyTo(new Span<byte>(address, SocketAddress.BytesMax));
        fixed (byte* headStart = head, start = datagram)
        {
            parts[0] = new Libc.IoVec { Base = headStart, Length = (nuint)head.Length };
            parts[1] = new Libc.IoVec { Base = start, Length = (nuint)datagram.Length };
            Libc.MsgHdr message = new() { Name = address, NameLength = (uint)to.Length, Iov = parts, IovLength = 2 };
            if (!local.IsNone)
            {
                message.Control = control;
                message.ControlLength = (nuint)ControlMessages.WriteLocal(control, local, IsIPv6);
            }

            if (segmentBytes > 0)
            {
                message.Control = control;
                message.ControlLength += (nuint)ControlMessages.WriteSegment(control + message.ControlLength, segmentBytes);
            }

            nint n;
            do
            {
                n = Libc.sendmsg(Fd, &message, Libc.MSG_NOSIGNAL);
            }
            while (n < 0 && Libc.Errno == Libc.EINTR);

            return n;
        }
    }

    private SendResult ResultOf(nint n)
    {
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
}
