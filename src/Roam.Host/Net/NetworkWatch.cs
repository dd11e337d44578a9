using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Tells the client when to speak because the way to its server changed (rtnetlink(7), docs/adr/0014). The kernel tells of every link, address and route of the host. So after
/// a change that may matter it is asked from which address the server is reached now; only another answer, or a change that matters by itself, makes the client speak.
/// Without netlink (a sandbox) nothing is heard, and a new address is noticed as stock notices it: at the next regular datagram.
/// </summary>
internal sealed unsafe class NetworkWatch : IDisposable
{
    /// <summary>Reads of one look; what is left is read at the next one.</summary>
    public const int ReadsMax = 64;

    /// <summary>
    /// Between two looks. It doubles while what is read does not matter, so a router with endless route changes wakes the client once a second; what the kernel cannot keep
    /// meanwhile it tells as an overrun, which counts as a change.
    /// </summary>
    public const long PauseMillisMin = 20;
    public const long PauseMillisMax = 1000;

    // Only the beginning of a message is looked at; a longer one is cut.
    private const int ReadBytes = 8192;
    private const int IPv4Offset = 4;
    private const int IPv4Bytes = 4;
    private const int IPv6Offset = 8;
    private const int IPv6Bytes = 16;

    private readonly LinkTable _links = new();
    private readonly SpeakPace _pace = new();
    private readonly byte[] _buffer = new byte[ReadBytes];
    private int _fd;
    private PeerAddress _server;
    private PeerAddress _source;
    private Instant _nextLook = Instant.Zero;
    private long _pauseMillis = PauseMillisMin;

    public NetworkWatch()
    {
        _fd = Open();
    }

    /// <summary>For poll: -1 while there is nothing to hear, or a look would be too early.</summary>
    public int FdAt(Instant now) => now < _nextLook ? -1 : _fd;

    public Instant NextTimeout(Instant now) => now < _nextLook && _fd >= 0 ? Instant.Min(_nextLook, _pace.NextTimeout) : _pace.NextTimeout;

    /// <summary>A reason of another kind to speak: the machine slept.</summary>
    public void Note(Instant now) => _pace.Note(now);

    /// <summary>Once a turn of the loop. True: speak now.</summary>
    public bool Turn(Instant now, bool isReadable, in PeerAddress server)
    {
        if (_server != server)
        {
            _server = server;
            _source = PathProbe.SourceTowards(server);
        }

        if (isReadable && _fd >= 0)
        {
            Look(now);
        }

        return _pace.TryTake(now);
    }

    public void Dispose()
    {
        if (_fd >= 0)
        {
            _ = Libc.close(_fd);
            _fd = -1;
        }
    }

    private static int Open()
    {
        int fd = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK, Libc.NETLINK_ROUTE);
        if (fd < 0)
        {
            return -1;
        }

        Libc.SockAddrNl address = new()
        {
            Family = Libc.AF_NETLINK,
            Groups = Libc.RTMGRP_LINK | Libc.RTMGRP_IPV4_IFADDR | Libc.RTMGRP_IPV4_ROUTE | Libc.RTMGRP_IPV4_RULE
                | Libc.RTMGRP_IPV6_IFADDR | Libc.RTMGRP_IPV6_ROUTE | Libc.RTMGRP_IPV6_RULE,
        };
        if (Libc.bind(fd, (byte*)&address, (uint)sizeof(Libc.SockAddrNl)) != 0)
        {
            _ = Libc.close(fd);
            return -1;
        }

        return fd;
    }

    private void Look(Instant now)
    {
        RouteNews news = Drain();
        PeerAddress before = _source;
        if (news != RouteNews.None)
        {
            _source = PathProbe.SourceTowards(_server);
        }

        // Without a way there is nobody to speak to; when it comes back it is another answer than now.
        bool matters = !_source.IsNone && (_source != before || news == RouteNews.Matters);
        if (matters)
        {
            _pace.Note(now);
        }

        // A look is kept short of the pause by the socket's queue; one long after the last begins anew.
        bool isCalm = now >= _nextLook.PlusMillis(PauseMillisMax);
        _pauseMillis = matters || isCalm || _source.IsNone ? PauseMillisMin : Math.Min(_pauseMillis * 2, PauseMillisMax);
        _nextLook = now.PlusMillis(_pauseMillis);
    }

    private RouteNews Drain()
    {
        Span<byte> sockaddr = stackalloc byte[SocketAddress.BytesMax];
        _source.CopyTo(sockaddr);
        ReadOnlySpan<byte> source = _source.IsNone ? [] : SocketAddress.FamilyOf(sockaddr) == Libc.AF_INET ? sockaddr.Slice(IPv4Offset, IPv4Bytes) : sockaddr.Slice(IPv6Offset, IPv6Bytes);
        RouteNews news = RouteNews.None;
        for (int i = 0; i < ReadsMax && TryRead(out int length, out bool isOverrun); i++)
        {
            RouteNews one = isOverrun ? RouteNews.Matters : RouteMessages.Read(_buffer.AsSpan(0, length), source, _links);
            news = one > news ? one : news;
        }

        return news;
    }

    /// <summary>False: nothing more is waiting. An overrun (ENOBUFS) says that the kernel could not keep all messages.</summary>
    private bool TryRead(out int length, out bool isOverrun)
    {
        Libc.SockAddrNl sender;
        fixed (byte* start = _buffer)
        {
            Libc.IoVec iov = new() { Base = start, Length = ReadBytes };
            Libc.MsgHdr message = new() { Name = (byte*)&sender, NameLength = (uint)sizeof(Libc.SockAddrNl), Iov = &iov, IovLength = 1 };
            nint n;
            do
            {
                n = Libc.recvmsg(_fd, &message, 0);
            }
            while (n < 0 && Libc.Errno == Libc.EINTR);

            isOverrun = n < 0 && Libc.Errno == Libc.ENOBUFS;

            // Pid 0 is the kernel; another process has nothing to say here.
            length = n > 0 && sender.Pid == 0 ? (int)n : 0;
            return n > 0 || isOverrun;
        }
    }
}
