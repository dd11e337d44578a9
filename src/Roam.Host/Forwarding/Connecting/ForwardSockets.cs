using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>Sockets for listening and connecting, by TCP and in the file system; none of the calls blocks. -1: errno says why.</summary>
internal static unsafe class ForwardSockets
{
    private const int Flags = Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
    private const int FamilyBytes = 2;
    private const int UnixBytesMax = FamilyBytes + 108;

    public static int TryListen(in PeerAddress address)
    {
        int fd = Libc.socket(address.IsIPv6 ? Libc.AF_INET6 : Libc.AF_INET, Flags, 0);
        if (fd < 0)
        {
            return -1;
        }

        // As sshd does: connections of an earlier listener that are about to be forgotten are in nobody's way.
        _ = Libc.SetOption(fd, Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
        if (address.IsIPv6)
        {
            _ = Libc.SetOption(fd, Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, 1);
        }

        byte* sockaddr = stackalloc byte[SocketAddress.BytesMax];
        address.CopyTo(new Span<byte>(sockaddr, SocketAddress.BytesMax));
        return Libc.bind(fd, sockaddr, (uint)address.Length) == 0 && Libc.listen(fd, ForwardLimits.Backlog) == 0 ? fd : Close(fd);
    }

    public static int PortOf(int fd)
    {
        byte* address = stackalloc byte[SocketAddress.BytesMax];
        uint length = SocketAddress.BytesMax;
        return Libc.getsockname(fd, address, &length) == 0 ? SocketAddress.PortOf(new ReadOnlySpan<byte>(address, (int)length)) : 0;
    }

    /// <summary>For this user alone. A socket that nobody listens at any more is replaced; anything else that is there stays, and is an error.</summary>
    public static int TryListenUnix(string path)
    {
        int fd = TryBindUnix(path);
        if (fd < 0 && Libc.Errno == Libc.EADDRINUSE && IsStale(path))
        {
            _ = Libc.unlink(path);
            fd = TryBindUnix(path);
        }

        return fd;
    }

    /// <summary>The connection may still be on its way: the descriptor becomes writable then, and <see cref="ErrorOf"/> says what came of it.</summary>
    public static int TryConnect(in PeerAddress address)
    {
        int fd = Libc.socket(address.IsIPv6 ? Libc.AF_INET6 : Libc.AF_INET, Flags, 0);
        byte* sockaddr = stackalloc byte[SocketAddress.BytesMax];
        address.CopyTo(new Span<byte>(sockaddr, SocketAddress.BytesMax));
        if (fd < 0)
        {
            return -1;
        }

        SetOptions(fd);
        return Libc.connect(fd, sockaddr, (uint)address.Length) == 0 || Libc.Errno == Libc.EINPROGRESS ? fd : Close(fd);
    }

    /// <summary>EAGAIN: the listener's queue is full.</summary>
    public static int TryConnectUnix(string path)
    {
        int fd = Libc.socket(Libc.AF_UNIX, Flags, 0);
        byte* address = stackalloc byte[UnixBytesMax];
        uint length = Fill(path, address);
        return fd >= 0 && Libc.connect(fd, address, length) == 0 ? fd : Close(fd);
    }

    /// <summary>Errno of a connection that was on its way; 0: it is made.</summary>
    public static int ErrorOf(int fd)
    {
        int error = 0;
        uint length = sizeof(int);
        return Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_ERROR, &error, &length) == 0 ? error : Libc.Errno;
    }

    /// <summary>The next connection, and where it comes from ("127.0.0.1:51234", or "unix").</summary>
    public static int TryAccept(int listener, bool isTcp, out string originator)
    {
        originator = "unix";
        byte* address = stackalloc byte[UnixBytesMax];
        uint length = UnixBytesMax;
        int fd = Libc.accept4(listener, address, &length, Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC);
        if (fd >= 0 && isTcp)
        {
            SetOptions(fd);
            ReadOnlySpan<byte> sockaddr = new(address, (int)Math.Min(length, SocketAddress.BytesMax));
            originator = ForwardPlace.OfPort(SocketAddress.TextOf(sockaddr), SocketAddress.PortOf(sockaddr)).ToString();
        }

        return fd;
    }

    public static StreamRefusal ReasonOf(int errno) => errno switch
    {
        Libc.ECONNREFUSED or Libc.ENOENT => StreamRefusal.Refused,
        Libc.ENETUNREACH or Libc.EHOSTUNREACH or Libc.ETIMEDOUT => StreamRefusal.Unreachable,
        _ => StreamRefusal.Failed,
    };

    private static void SetOptions(int fd)
    {
        // What ssh sets on the connections it forwards: bytes are not held back for company, and a peer that is gone without a word is noticed.
        _ = Libc.SetOption(fd, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, 1);
        _ = Libc.SetOption(fd, Libc.SOL_SOCKET, Libc.SO_KEEPALIVE, 1);
    }

    private static int TryBindUnix(string path)
    {
        int fd = Libc.socket(Libc.AF_UNIX, Flags, 0);
        byte* address = stackalloc byte[UnixBytesMax];
        uint length = Fill(path, address);

        // Nobody can connect before listen(), so the mode may be set after bind().
        return fd >= 0 && Libc.bind(fd, address, length) == 0 && Libc.chmod(path, Convert.ToUInt32("600", 8)) == 0 && Libc.listen(fd, ForwardLimits.Backlog) == 0 ? fd : Close(fd);
    }

    /// <summary>A socket, and nobody listens. A file that is none gives the same answer to connect(), so it is asked of both kinds: only a socket cannot be opened (open(2), ENXIO).</summary>
    private static bool IsStale(string path)
    {
        int file = Libc.open(path, Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC | Libc.O_NOCTTY, 0);
        if (file >= 0 || Libc.Errno != Libc.ENXIO)
        {
            _ = Close(file);
            return false;
        }

        int fd = TryConnectUnix(path);
        int errno = fd < 0 ? Libc.Errno : 0;
        _ = Close(fd);
        return errno == Libc.ECONNREFUSED;
    }

    private static uint Fill(string path, byte* address)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        int length = Math.Min(bytes.Length, UnixBytesMax - FamilyBytes - 1);
        *(ushort*)address = Libc.AF_UNIX;
        bytes.AsSpan(0, length).CopyTo(new Span<byte>(address + FamilyBytes, UnixBytesMax - FamilyBytes));
        address[FamilyBytes + length] = 0;
        return (uint)(FamilyBytes + length + 1);
    }

    /// <summary>Keeps errno as it was.</summary>
    private static int Close(int fd)
    {
        if (fd >= 0)
        {
            int errno = Libc.Errno;
            _ = Libc.close(fd);
            System.Runtime.InteropServices.Marshal.SetLastPInvokeError(errno);
        }

        return -1;
    }
}
