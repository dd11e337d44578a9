using Roam.Transport;

namespace Roam.Host;

/// <summary>Asks the kernel from which address it would send: connect(2) on a UDP socket looks up the route and picks the source, and sends nothing.</summary>
internal static unsafe class PathProbe
{
    /// <summary>Port 0; none when there is no way, or no socket to ask with.</summary>
    public static PeerAddress SourceTowards(in PeerAddress server)
    {
        Span<byte> target = stackalloc byte[SocketAddress.BytesMax];
        server.CopyTo(target);
        int fd = Libc.socket(SocketAddress.FamilyOf(target), Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (fd < 0)
        {
            return default;
        }

        byte* source = stackalloc byte[SocketAddress.BytesMax];
        uint length = SocketAddress.BytesMax;
        fixed (byte* address = target)
        {
            bool isKnown = Libc.connect(fd, address, (uint)server.Length) == 0 && Libc.getsockname(fd, source, &length) == 0;
            _ = Libc.close(fd);
            if (!isKnown)
            {
                return default;
            }
        }

        Span<byte> sockaddr = new(source, (int)Math.Min(length, SocketAddress.BytesMax));
        SocketAddress.SetPort(sockaddr, 0);
        return SocketAddress.ToPeer(sockaddr);
    }
}
