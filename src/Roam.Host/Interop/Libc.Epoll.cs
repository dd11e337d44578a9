using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Roam.Host;

/// <summary>sys/epoll.h, and what connections need beside it.</summary>
internal static unsafe partial class Libc
{
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const int EPOLL_CTL_MOD = 3;
    public const uint EPOLLIN = 1;
    public const uint EPOLLOUT = 4;
    public const uint EPOLLERR = 8;
    public const uint EPOLLHUP = 16;

    public const int EMFILE = 24;
    public const int ENFILE = 23;
    public const int ENOMEM = 12;
    public const int EPIPE = 32;
    public const int ECONNABORTED = 103;
    public const int ECONNRESET = 104;
    public const int ETIMEDOUT = 110;
    public const int EHOSTUNREACH = 113;

    public const int SO_REUSEADDR = 2;
    public const int SO_LINGER = 13;

    /// <summary>struct linger.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Linger
    {
        public int IsOn;
        public int Seconds;
    }

    /// <summary>struct epoll_event is packed on x86-64, and on no other machine.</summary>
    public static int EpollEventBytes => X86Base.IsSupported ? 12 : 16;

    private static int EpollDataOffset => EpollEventBytes - sizeof(ulong);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_wait(int epoll, byte* events, int eventsMax, int timeoutMillis);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int fd, byte* epollEvent);

    public static int EpollControl(int epoll, int operation, int fd, uint events, ulong data)
    {
        byte* epollEvent = stackalloc byte[16];
        *(uint*)epollEvent = events;
        *(ulong*)(epollEvent + EpollDataOffset) = data;
        return epoll_ctl(epoll, operation, fd, epollEvent);
    }

    public static uint EpollEventsAt(byte* events, int index) => *(uint*)(events + (index * EpollEventBytes));

    public static ulong EpollDataAt(byte* events, int index) => *(ulong*)(events + (index * EpollEventBytes) + EpollDataOffset);

    /// <summary>Closes a TCP connection so that its other end sees a reset.</summary>
    public static void CloseWithReset(int fd)
    {
        Linger linger = new() { IsOn = 1 };
        _ = setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, (uint)sizeof(Linger));
        _ = close(fd);
    }
}
