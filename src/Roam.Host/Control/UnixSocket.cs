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

    /// <summary>A blocking connection; -1: nobody listens there.</summary>
    public static int TryConnect(string path)
    {
        int fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0);
        byte* address = stackalloc byte[FamilyBytes + PathBytesMax];
        return fd >= 0 && TryAddress(path, address, out uint length) && Libc.connect(fd, address, length) == 0 ? fd : Close(fd);
    }

    /// <summary>A connection that does not block, neither now nor later: a listener whose queue is full counts as none. -1: errno says why.</summary>
    public static int TryConnectNow(string path)
    {
        int fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
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
