using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>
/// The C library, under its own names. Linux with glibc on a 64-bit machine: the constants and layouts below are the same on x86-64 and arm64, and
/// HostLayoutTests asserts the sizes. Variadic functions (ioctl, fcntl, open, prctl) take integers and pointers only, which both ABIs pass as for a fixed prototype.
/// Calls that can fail set errno; read it at once with <see cref="Errno"/>.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    public const int EPERM = 1;
    public const int ENXIO = 6;
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EIO = 5;
    public const int EAGAIN = 11;
    public const int EACCES = 13;
    public const int ENOTDIR = 20;
    public const int EINVAL = 22;
    public const int ENETUNREACH = 101;
    public const int EADDRINUSE = 98;
    public const int EMSGSIZE = 90;
    public const int EADDRNOTAVAIL = 99;
    public const int ENOBUFS = 105;
    public const int ECONNREFUSED = 111;
    public const int EINPROGRESS = 115;
    public const int EAFNOSUPPORT = 97;

    public static int Errno => Marshal.GetLastPInvokeError();

    /// <summary>The C library's text for an errno.</summary>
    public static string ErrorText(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
