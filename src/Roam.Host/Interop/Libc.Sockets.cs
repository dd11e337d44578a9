using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>sys/socket.h, netinet/in.h, netdb.h.</summary>
internal static unsafe partial class Libc
{
    public const int AF_UNSPEC = 0;
    public const int AF_UNIX = 1;
    public const int AF_INET = 2;
    public const int AF_INET6 = 10;
    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_NONBLOCK = O_NONBLOCK;
    public const int SOCK_CLOEXEC = O_CLOEXEC;

    public const int SOL_SOCKET = 1;
    public const int SO_TYPE = 3;
    public const int SO_ERROR = 4;
    public const int SO_SNDBUF = 7;
    public const int SO_RCVBUF = 8;
    public const int SO_KEEPALIVE = 9;
    public const int IPPROTO_IP = 0;
    public const int IPPROTO_TCP = 6;
    public const int IPPROTO_UDP = 17;
    public const int UDP_SEGMENT = 103;
    public const int UDP_GRO = 104;
    public const int IPPROTO_IPV6 = 41;
    public const int TCP_NODELAY = 1;
    public const int IP_TOS = 1;
    public const int IP_PKTINFO = 8;
    public const int IP_MTU_DISCOVER = 10;
    public const int IP_RECVTOS = 13;
    public const int IPV6_MTU_DISCOVER = 23;
    public const int IPV6_V6ONLY = 26;
    public const int IPV6_RECVPKTINFO = 49;
    public const int IPV6_PKTINFO = 50;
    public const int IPV6_RECVTCLASS = 66;
    public const int IPV6_TCLASS = 67;
    public const int IP_PMTUDISC_DONT = 0;
    public const int IP_PMTUDISC_PROBE = 3;

    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_NOSIGNAL = 0x4000;
    public const int MSG_TRUNC = 0x20;
    public const int SHUT_WR = 1;

    public const int AI_NUMERICHOST = 4;
    public const int AI_ADDRCONFIG = 0x20;
    public const int AI_NUMERICSERV = 0x400;
    public const int NI_NUMERICHOST = 1;
    public const int NI_NUMERICSERV = 2;

    [StructLayout(LayoutKind.Sequential)]
    public struct IoVec
    {
        public byte* Base;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct MsgHdr
    {
        public byte* Name;
        public uint NameLength;
        public IoVec* Iov;
        public nuint IovLength;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>Followed by the data; the next header begins at the next multiple of 8 (CMSG_ALIGN).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct CmsgHdr
    {
        public nuint Length;
        public int Level;
        public int Type;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct AddrInfo
    {
        public int Flags;
        public int Family;
        public int SockType;
        public int Protocol;
        public uint AddressLength;
        public byte* Address;
        public byte* CanonicalName;
        public AddrInfo* Next;
    }

    [LibraryImport(Library, SetLastError = true)]
    public static partial int socket(int family, int type, int protocol);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int bind(int fd, byte* address, uint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int connect(int fd, byte* address, uint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int shutdown(int fd, int how);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getsockname(int fd, byte* address, uint* length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getpeername(int fd, byte* address, uint* length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getsockopt(int fd, int level, int name, void* value, uint* length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setsockopt(int fd, int level, int name, void* value, uint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recvmsg(int fd, MsgHdr* message, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint sendmsg(int fd, MsgHdr* message, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint sendto(int fd, byte* buffer, nuint length, int flags, byte* address, uint addressLength);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getaddrinfo(string? host, string? service, AddrInfo* hints, AddrInfo** result);

    [LibraryImport(Library)]
    public static partial void freeaddrinfo(AddrInfo* list);

    [LibraryImport(Library)]
    public static partial int getnameinfo(byte* address, uint addressLength, byte* host, uint hostLength, byte* service, uint serviceLength, int flags);

    [LibraryImport(Library)]
    private static partial byte* gai_strerror(int code);

    public static string ResolverErrorText(int code) => Marshal.PtrToStringUTF8((nint)gai_strerror(code)) ?? "unknown error";

    public static bool SetOption(int fd, int level, int name, int value) => setsockopt(fd, level, name, &value, sizeof(int)) == 0;
}
