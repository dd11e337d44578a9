using System.Globalization;
using System.Text;

namespace Roam.Host;

/// <summary>Messages of facility auth, severity info (RFC 3164) to the system's log socket. A system without one gets none.</summary>
internal sealed unsafe class Syslog : IDisposable
{
    public const string SystemSocket = "/dev/log";

    // RFC 3164 section 4.1.1: facility 4 (security/authorization) times 8, plus severity 6 (informational).
    private const int Priority = (4 * 8) + 6;

    // RFC 3164 section 4.1: a packet is at most 1,024 bytes. What is longer is cut.
    private const int PacketBytesMax = 1024;
    private const int UnixPathBytesMax = 107;

    private static readonly string[] MonthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private readonly string _path;
    private readonly string _tag;
    private int _fd = -1;

    public Syslog(string path, string programName)
    {
        _path = path;
        _tag = programName + "[" + Libc.getpid().ToString(CultureInfo.InvariantCulture) + "]: ";
    }

    public void Write(string message)
    {
        if (_fd < 0 && !Connect())
        {
            return;
        }

        byte[] packet = Encoding.UTF8.GetBytes("<" + Priority + ">" + Timestamp() + " " + _tag + message);
        int length = Math.Min(packet.Length, PacketBytesMax);
        fixed (byte* start = packet)
        {
            // A log that is full or gone must not hold the session up: the message is lost, and the next one connects anew.
            if (Libc.sendto(_fd, start, (nuint)length, Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL, null, 0) < 0)
            {
                Dispose();
            }
        }
    }

    public void Dispose()
    {
        if (_fd >= 0)
        {
            _ = Libc.close(_fd);
            _fd = -1;
        }
    }

    private static string Timestamp()
    {
        Libc.TimeSpec now;
        Libc.BrokenDownTime local;
        _ = Libc.clock_gettime(Libc.CLOCK_REALTIME, &now);
        _ = Libc.localtime_r(&now.Seconds, &local);
        return string.Create(CultureInfo.InvariantCulture, $"{MonthNames[local.Month]} {local.DayOfMonth,2} {local.Hour:00}:{local.Minute:00}:{local.Second:00}");
    }

    private bool Connect()
    {
        // struct sockaddr_un: family, then a path of at most 108 bytes with its zero.
        byte* address = stackalloc byte[2 + UnixPathBytesMax + 1];
        Span<byte> path = new(address + 2, UnixPathBytesMax + 1);
        path.Clear();
        if (Encoding.UTF8.GetByteCount(_path) > UnixPathBytesMax)
        {
            return false;
        }

        *(ushort*)address = Libc.AF_UNIX;
        int length = Encoding.UTF8.GetBytes(_path, path);
        int fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (fd < 0)
        {
            return false;
        }

        if (Libc.connect(fd, address, (uint)(2 + length + 1)) != 0)
        {
            _ = Libc.close(fd);
            return false;
        }

        _fd = fd;
        return true;
    }
}
