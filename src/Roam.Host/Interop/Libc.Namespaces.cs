using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>sched.h, linux/if_tun.h and one request of the terminal: what the laboratory's emulated link and bench programs need. The product calls none of it, and the native compiler leaves it out.</summary>
internal static unsafe partial class Libc
{
    public const int CLONE_NEWNET = 0x40000000;
    public const int SCHED_FIFO = 1;
    public const int SCHED_RESET_ON_FORK = 0x40000000;
    public const int PR_SET_TIMERSLACK = 29;
    public const short IFF_TUN = 1;
    public const short IFF_NO_PI = 0x1000;
    public const nuint TUNSETIFF = 0x400454CA;
    public const nuint TCFLSH = 0x540B;
    public const nuint TCOFLUSH = 1;

    /// <summary>struct ifreq (40 bytes), with the one member of its union that TUNSETIFF reads.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 40)]
    public struct InterfaceRequest
    {
        public const int NameBytes = 16;

        public fixed byte Name[NameBytes];
        public short Flags;
    }

    /// <summary>Moves the calling thread, and no other, into the namespace.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int setns(int fd, int kind);

    /// <summary>The parameter is struct sched_param, which holds one int.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_setscheduler(int pid, int policy, int* priority);
}
