using System.Globalization;
using System.Text;

namespace Roam.Host;

/// <summary>This process's standard streams for the hub: descriptors of its own, so that closing one leaves the original, and that never block where the system lets us.</summary>
internal static unsafe class OwnStreams
{
    private const int LinkBytesMax = 64;

    /// <summary>
    /// A second descriptor for one of the three. Of a pipe it is opened anew, as O_NONBLOCK on the original would reach everybody who shares it (proc(5): /proc/pid/fd). -1: it is closed.
    /// </summary>
    public static int Open(int standard, bool forWriting)
    {
        string link = "/proc/self/fd/" + standard.ToString(CultureInfo.InvariantCulture);
        byte* target = stackalloc byte[LinkBytesMax];
        nint length = Libc.readlink(link, target, LinkBytesMax);
        if (length > 0 && Encoding.UTF8.GetString(target, (int)length).StartsWith("pipe:", StringComparison.Ordinal))
        {
            int fd = Libc.open(link, (forWriting ? Libc.O_WRONLY : Libc.O_RDONLY) | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
            if (fd >= 0)
            {
                return fd;
            }
        }

        return Libc.fcntl(standard, Libc.F_DUPFD_CLOEXEC, 3);
    }
}
