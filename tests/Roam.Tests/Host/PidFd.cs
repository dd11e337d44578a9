using System.Runtime.InteropServices;

namespace Roam.Tests.Host;

/// <summary>pidfd_open(2): readable when the process has ended.</summary>
internal static partial class PidFd
{
    private const long SYS_pidfd_open = 434;

    public static long Open(int pid)
    {
        long fd = syscall(SYS_pidfd_open, pid, 0);
        Assert.True(fd >= 0, "pidfd_open failed");
        return fd;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial long syscall(long number, long a, long b);
}
