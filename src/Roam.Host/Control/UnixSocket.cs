using System.Text;

namespace Roam.Host;

/// <summary>Stream sockets in the file system (unix(7)), open to their owner only.</summary>
internal static unsafe class UnixSocket
{
    private const int Backlog = 8;
    private const int FamilyBytes = 2;

    /// <summary>sun_path, with its final zero.</summary>
    private const int PathBytesMax = 108;

    /// <summary>Listens, without blocking. A socket file that nobody listens on any more is replaced. -1: errno says why.</summary>
    public static int TryListen(string path)
    {
        int fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
        byte* address = stackalloc byte[FamilyBytes + PathBytesMax];
        if (fd < 0 || !TryAddress(path, address, out uint length))
        {
            return Close(fd);
        }

        _ = Libc.unlink(path);

        // Nobody can connect before listen(), so the mode may be set after bind().
        return Libc.bind(fd, address, length) == 0 && Libc.chmod(path, Convert.ToUInt32("600", 8)) == 0 && Libc.listen(fd, Backlog) == 0 ? fd : Close(fd);
    }

    /// <summary>The same, but only where nobody listens, and where nothing else than a socket is in the way. -1: error says why.</summary>
    public static int TryListenUnused(string path, int backlog, out string error)
    {
        int fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
        byte* address = stackalloc byte[FamilyBytes + PathBytesMax];
        if (fd < 0 || !TryAddress(path, address, out uint length))
        {
            error = fd < 0 ? Libc.ErrorText(Libc.Errno) : "the path is too long for a socket";
            return Close(fd);
        }

        int errno = Libc.bind(fd, address, length) == 0 ? 0 : Libc.Errno;
        if (errno == Libc.EADDRINUSE && IsStale(path))
        {
            _ = Libc.unlink(path);
            errno = Libc.bind(fd, address, length) == 0 ? 0 : Libc.Errno;
        }

        if (errno == 0 && (Libc.chmod(path, Convert.ToUInt32("600", 8)) != 0 || Libc.listen(fd, backlog) != 0))
        {
            errno = Libc.Errno;
        }

        error = errno == 0 ? "" : Libc.ErrorText(errno);
        return errno == 0 ? fd : Close(fd);
    }

    /// <summary>Begins a connection without blocking: error is 0, EINPROGRESS, or why not, with EAGAIN for a full queue. -1: no socket.</summary>
    public static int TryStartConnect(string path, out int error)
    {
        int fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
        byte* address = stackalloc byte[FamilyBytes + PathBytesMax];
        if (fd < 0 || !TryAddress(path, address, out uint length))
        {
            error = fd < 0 ? Libc.Errno : Libc.ENOENT;
            return Close(fd);
        }

        error = Libc.connect(fd, address, length) == 0 ? 0 : Libc.Errno;
        return error is 0 or Libc.EINPROGRESS ? fd : Close(fd);
    }

    /// <summary>A blocking connection; -1: nobody listens there.</summary>
    public static int TryConnect(string path)
    {
        int fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0);
        byte* address = stackalloc byte[FamilyBytes + PathBytesMax];
        return fd >= 0 && TryAddress(path, address, out uint length) && Libc.connect(fd, address, length) == 0 ? fd : Close(fd);
    }

    /// <summary>The next one that waits, without blocking, if it is this user's or root's; -1: none.</summary>
    public static int TryAccept(int listener)
    {
        int fd = Libc.accept4(listener, null, null, Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC);
        if (fd < 0)
        {
            return -1;
        }

        Libc.UCred peer = default;
        uint length = (uint)sizeof(Libc.UCred);
        bool isOurs = Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_PEERCRED, &peer, &length) == 0 && (peer.Uid == Libc.getuid() || peer.Uid == 0);
        return isOurs ? fd : Close(fd);
    }

    /// <summary>A socket that nobody listens on. open(2) of a socket fails with ENXIO; of what is none it does not, and connect(2) would refuse both.</summary>
    private static bool IsStale(string path)
    {
        int connection = TryStartConnect(path, out int error);
        Close(connection);
        if (connection >= 0 || error != Libc.ECONNREFUSED)
        {
            return false;
        }

        int file = Libc.open(path, Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC | Libc.O_NOCTTY, 0);
        bool isSocket = file < 0 && Libc.Errno == Libc.ENXIO;
        Close(file);
        return isSocket;
    }

    private static int Close(int fd)
    {
        if (fd >= 0)
        {
            _ = Libc.close(fd);
        }

        return -1;
    }

    private static bool TryAddress(string path, byte* address, out uint length)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        length = (uint)(FamilyBytes + bytes.Length + 1);
        if (bytes.Length >= PathBytesMax)
        {
            return false;
        }

        *(ushort*)address = Libc.AF_UNIX;
        bytes.CopyTo(new Span<byte>(address + FamilyBytes, PathBytesMax));
        address[FamilyBytes + bytes.Length] = 0;
        return true;
    }
}
