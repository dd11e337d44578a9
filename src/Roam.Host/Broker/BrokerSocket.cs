using System.Globalization;
using System.Text;

namespace Roam.Host;

/// <summary>
/// The socket at which sessions find the broker of a port. Its name is an abstract one (unix(7)), made of the user and the port: such a name lives in the network namespace,
/// just as the port does, and goes with its owner. A file in the user's runtime folder would be gone after the last login, when the sessions are not. Any user may use any
/// name, so both ends look at whom they speak with.
/// </summary>
internal static unsafe class BrokerSocket
{
    private const int Backlog = 64;
    private const int FamilyBytes = 2;
    private const int NameBytesMax = 64;

    /// <summary>-1: errno EADDRINUSE when a broker is there, or about to be.</summary>
    public static int TryListen(int port)
    {
        int fd = Open(port, out byte[] address);
        fixed (byte* start = address)
        {
            return fd >= 0 && Libc.bind(fd, start, (uint)address.Length) == 0 && Libc.listen(fd, Backlog) == 0 ? fd : Close(fd);
        }
    }

    /// <summary>-1: there is no broker of this user.</summary>
    public static int TryConnect(int port)
    {
        int fd = Open(port, out byte[] address);
        fixed (byte* start = address)
        {
            return fd >= 0 && Libc.connect(fd, start, (uint)address.Length) == 0 && IsOwn(fd) ? fd : Close(fd);
        }
    }

    /// <summary>The next one that waits, if it is this user's or root's; -1: none, or a stranger, who is shut out.</summary>
    public static int TryAccept(int listener)
    {
        int fd = Libc.accept4(listener, null, null, Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC);
        return fd >= 0 && IsOwn(fd) ? fd : Close(fd);
    }

    /// <summary>Without blocking; false: the other end is gone or its queue is full. A descriptor of -1 is none.</summary>
    public static bool TrySend(int fd, ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest, int passed = -1)
    {
        const int RightsBytes = 24;
        Libc.IoVec* parts = stackalloc Libc.IoVec[2];
        byte* control = stackalloc byte[RightsBytes];
        fixed (byte* headStart = head, restStart = rest)
        {
            parts[0] = new Libc.IoVec { Base = headStart, Length = (nuint)head.Length };
            parts[1] = new Libc.IoVec { Base = restStart, Length = (nuint)rest.Length };
            Libc.MsgHdr message = new() { Iov = parts, IovLength = 2 };
            if (passed >= 0)
            {
                Libc.CmsgHdr* header = (Libc.CmsgHdr*)control;
                *header = new Libc.CmsgHdr { Length = (nuint)(sizeof(Libc.CmsgHdr) + sizeof(int)), Level = Libc.SOL_SOCKET, Type = Libc.SCM_RIGHTS };
                *(int*)(control + sizeof(Libc.CmsgHdr)) = passed;
                message.Control = control;
                message.ControlLength = RightsBytes;
            }

            nint n;
            do
            {
                n = Libc.sendmsg(fd, &message, Libc.MSG_NOSIGNAL | Libc.MSG_DONTWAIT);
            }
            while (n < 0 && Libc.Errno == Libc.EINTR);

            return n == head.Length + rest.Length;
        }
    }

    /// <summary>One message, its beginning and its rest. 0: the other end is gone; -1: errno says why. A descriptor that came along is the caller's.</summary>
    public static int Receive(int fd, Span<byte> head, Span<byte> rest, out int passed)
    {
        const int ControlBytes = 64;
        Libc.IoVec* parts = stackalloc Libc.IoVec[2];
        byte* control = stackalloc byte[ControlBytes];
        passed = -1;
        fixed (byte* headStart = head, restStart = rest)
        {
            parts[0] = new Libc.IoVec { Base = headStart, Length = (nuint)head.Length };
            parts[1] = new Libc.IoVec { Base = restStart, Length = (nuint)rest.Length };
            Libc.MsgHdr message = new() { Iov = parts, IovLength = 2, Control = control, ControlLength = ControlBytes };
            nint n;
            do
            {
                n = Libc.recvmsg(fd, &message, Libc.MSG_CMSG_CLOEXEC);
            }
            while (n < 0 && Libc.Errno == Libc.EINTR);

            Libc.CmsgHdr* header = (Libc.CmsgHdr*)control;
            bool hasRights = n > 0 && message.ControlLength >= (nuint)(sizeof(Libc.CmsgHdr) + sizeof(int)) && header->Level == Libc.SOL_SOCKET && header->Type == Libc.SCM_RIGHTS;
            passed = hasRights ? *(int*)(control + sizeof(Libc.CmsgHdr)) : -1;
            return (int)n;
        }
    }

    private static int Open(int port, out byte[] address)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"\0roam-broker-{Libc.getuid()}-{port}");
        address = new byte[FamilyBytes + Math.Min(name.Length, NameBytesMax)];
        BitConverter.TryWriteBytes(address, (ushort)Libc.AF_UNIX);
        Encoding.ASCII.GetBytes(name, address.AsSpan(FamilyBytes));
        return Libc.socket(Libc.AF_UNIX, Libc.SOCK_SEQPACKET | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
    }

    private static bool IsOwn(int fd)
    {
        Libc.UCred peer = default;
        uint length = (uint)sizeof(Libc.UCred);
        return Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_PEERCRED, &peer, &length) == 0 && (peer.Uid == Libc.getuid() || peer.Uid == 0);
    }

    /// <summary>errno stays that of the failure.</summary>
    private static int Close(int fd)
    {
        int errno = Libc.Errno;
        if (fd >= 0)
        {
            _ = Libc.close(fd);
        }

        System.Runtime.InteropServices.Marshal.SetLastPInvokeError(errno);
        return -1;
    }
}
