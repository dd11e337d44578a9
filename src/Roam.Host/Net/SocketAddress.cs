using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>struct sockaddr on one side, PeerAddress and text on the other. Layouts of netinet/in.h: family (host order), port (network order), address.</summary>
internal static unsafe class SocketAddress
{
    public const int BytesMax = PeerAddress.BytesMax;
    public const int IPv4Bytes = 16;
    private const int PortOffset = 2;
    private const int IPv4AddressOffset = 4;
    private const int IPv6AddressOffset = 8;

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    /// <summary>An IPv4 peer of a dual-stack socket (::ffff:a.b.c.d) counts as IPv4: the family decides the datagram size.</summary>
    public static PeerAddress ToPeer(ReadOnlySpan<byte> sockaddr) => new(sockaddr, IsIPv6(sockaddr));

    public static int PortOf(ReadOnlySpan<byte> sockaddr) => BinaryPrimitives.ReadUInt16BigEndian(sockaddr[PortOffset..]);

    public static void SetFamily(Span<byte> sockaddr, int family) => BitConverter.TryWriteBytes(sockaddr, (ushort)family);

    public static void SetPort(Span<byte> sockaddr, int port) => BinaryPrimitives.WriteUInt16BigEndian(sockaddr[PortOffset..], (ushort)port);

    public static int FamilyOf(ReadOnlySpan<byte> sockaddr) => sockaddr.Length >= 2 ? BitConverter.ToUInt16(sockaddr) : Libc.AF_UNSPEC;

    public static int PortOf(in PeerAddress peer)
    {
        Span<byte> sockaddr = stackalloc byte[BytesMax];
        peer.CopyTo(sockaddr);
        return PortOf(sockaddr);
    }

    /// <summary>Whom a connected socket is connected to; none when it is not.</summary>
    public static PeerAddress PeerOf(int fd)
    {
        byte* address = stackalloc byte[BytesMax];
        uint length = BytesMax;
        return Libc.getpeername(fd, address, &length) == 0 ? ToPeer(new ReadOnlySpan<byte>(address, (int)Math.Min(length, BytesMax))) : default;
    }

    public static bool IsSocketIPv6(int fd)
    {
        byte* address = stackalloc byte[BytesMax];
        uint length = BytesMax;
        return Libc.getsockname(fd, address, &length) == 0 && length == BytesMax;
    }

    /// <summary>The address that stands for all of the machine's: nothing but zeros.</summary>
    public static bool IsAny(ReadOnlySpan<byte> sockaddr) => sockaddr.Length == BytesMax
        ? !sockaddr.Slice(IPv6AddressOffset, LocalAddress.Bytes).ContainsAnyExcept((byte)0)
        : sockaddr.Length == IPv4Bytes && !sockaddr.Slice(IPv4AddressOffset, 4).ContainsAnyExcept((byte)0);

    /// <summary>The numeric address without the port; a mapped address as plain IPv4, a link-local one with its %zone. Empty: no address, but a way through ssh.</summary>
    public static string TextOf(in PeerAddress peer)
    {
        if (peer.IsCarried)
        {
            return "";
        }

        Span<byte> sockaddr = stackalloc byte[BytesMax];
        peer.CopyTo(sockaddr);
        return TextOf(sockaddr[..peer.Length]);
    }

    public static string TextOf(ReadOnlySpan<byte> sockaddr)
    {
        if (FamilyOf(sockaddr) == Libc.AF_INET6 && sockaddr.Length == BytesMax && !IsIPv6(sockaddr))
        {
            ReadOnlySpan<byte> v4 = sockaddr.Slice(IPv6AddressOffset + MappedPrefix.Length, 4);
            return string.Create(CultureInfo.InvariantCulture, $"{v4[0]}.{v4[1]}.{v4[2]}.{v4[3]}");
        }

        const int HostBytesMax = 128;
        byte* host = stackalloc byte[HostBytesMax];
        fixed (byte* address = sockaddr)
        {
            if (Libc.getnameinfo(address, (uint)sockaddr.Length, host, HostBytesMax, null, 0, Libc.NI_NUMERICHOST) != 0)
            {
                return "?";
            }
        }

        ReadOnlySpan<byte> text = new(host, HostBytesMax);
        return Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]);
    }

    private static bool IsIPv6(ReadOnlySpan<byte> sockaddr) =>
        FamilyOf(sockaddr) == Libc.AF_INET6 && sockaddr.Length == BytesMax && !sockaddr[IPv6AddressOffset..].StartsWith(MappedPrefix);
}
