using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>epoll(7).</summary>
internal static unsafe partial class Libc
{
    public const int EPOLL_CLOEXEC = O_CLOEXEC;
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const int EPOLL_CTL_MOD = 3;
    public const uint EPOLLIN = 0x001;
    public const uint EPOLLOUT = 0x004;
    public const uint EPOLLERR = 0x008;
    public const uint EPOLLHUP = 0x010;

    /// <summary>struct epoll_event is packed on x86-64 only: 12 bytes there, 16 elsewhere.</summary>
    public static int EpollEventBytes => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_ctl(int epfd, int op, int fd, byte* epollEvent);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_wait(int epfd, byte* events, int maxEvents, int timeoutMillis);

    public static void WriteEpollEvent(byte* epollEvent, uint events, int fd)
    {
        *(uint*)epollEvent = events;
        *(int*)(epollEvent + EpollEventBytes - 8) = fd;
        *(int*)(epollEvent + EpollEventBytes - 4) = 0;
    }

    public static (uint Events, int Fd) ReadEpollEvent(byte* epollEvent) => (*(uint*)epollEvent, *(int*)(epollEvent + EpollEventBytes - 8));
}
