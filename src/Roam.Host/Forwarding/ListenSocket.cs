using System.Globalization;
using Roam.Transport;

namespace Roam.Host;

/// <summary>Sockets that listen for a forward, without blocking.</summary>
internal static unsafe class ListenSocket
{
    private const string Any4 = "0.0.0.0";
    private const string Any6 = "::";
    private const string Loopback4 = "127.0.0.1";
    private const string Loopback6 = "::1";

    /// <summary>Listens there. False: error is for the user, and nothing is left open.</summary>
    /// <param name="place">For TCP: empty and localhost are both loopback addresses, `*` all addresses; else a numeric address.</param>
    /// <param name="descriptors">One, or one for each family.</param>
    /// <param name="port">The one asked for, or with 0 the one it has got; 0 for a unix socket.</param>
    /// <param name="error">Empty when true.</param>
    public static bool TryListen(ForwardTarget place, out List<int> descriptors, out int port, out string error)
    {
        descriptors = [];
        port = place.Port;
        if (place.Path is { } path)
        {
            int fd = UnixSocket.TryListenUnused(path, ForwardLimits.Backlog, out error);
            if (fd >= 0)
            {
                descriptors.Add(fd);
            }

            error = error.Length == 0 ? "" : $"{path}: {error}";
            return fd >= 0;
        }

        string[] addresses = place.Host switch
        {
            "" or "localhost" => [Loopback4, Loopback6],
            "*" => [Any4, Any6],
            _ => [place.Host],
        };
        error = "";
        foreach (string address in addresses)
        {
            int errno = Add(address, ref port, descriptors);
            if (errno is 0 or Libc.EAFNOSUPPORT or Libc.EADDRNOTAVAIL && addresses.Length > 1)
            {
                continue;
            }

            // A port that one family has and the other has not would reach now the one, now the other program.
            error = string.Create(CultureInfo.InvariantCulture, $"{place.Shown}: {(errno == Libc.EINVAL ? "not an address of this machine" : Libc.ErrorText(errno))}");
            Close(descriptors);
            return false;
        }

        error = descriptors.Count > 0 ? "" : $"{place.Shown}: no address";
        return descriptors.Count > 0;
    }

    private static int Add(string address, ref int port, List<int> descriptors)
    {
        if (!AddressLookup.TryResolve(address, port, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> found, out _))
        {
            return Libc.EINVAL;
        }

        bool isIPv6 = found[0].IsIPv6;
        int fd = Libc.socket(isIPv6 ? Libc.AF_INET6 : Libc.AF_INET, Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
        if (fd < 0)
        {
            return Libc.Errno;
        }

        byte* sockaddr = stackalloc byte[SocketAddress.BytesMax];
        Span<byte> bytes = new(sockaddr, SocketAddress.BytesMax);
        found[0].CopyTo(bytes);
        _ = Libc.SetOption(fd, Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
        if (isIPv6)
        {
            _ = Libc.SetOption(fd, Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, 1);
        }

        if (Libc.bind(fd, sockaddr, (uint)found[0].Length) != 0 || Libc.listen(fd, ForwardLimits.Backlog) != 0)
        {
            int errno = Libc.Errno;
            _ = Libc.close(fd);
            return errno;
        }

        uint length = SocketAddress.BytesMax;
        if (port == 0 && Libc.getsockname(fd, sockaddr, &length) == 0)
        {
            port = SocketAddress.PortOf(bytes);
        }

        descriptors.Add(fd);
        return 0;
    }

    private static void Close(List<int> descriptors)
    {
        foreach (int fd in descriptors)
        {
            _ = Libc.close(fd);
        }

        descriptors.Clear();
    }
}
