using System.Globalization;
using Roam.Transport;

namespace Roam.Host;

/// <summary>A bound UDP socket and the session's key: what the server announces with MOSH CONNECT.</summary>
public sealed class ServerEndpoint : IDisposable
{
    /// <summary>What arrives in 50 ms at 400 Mbit/s; the system gives less, unless its limits were raised.</summary>
    internal const int SocketRoomBytes = 2_500_000;

    private readonly BrokerPort? _share;

    private ServerEndpoint(UdpSocket socket, SessionKey key, BrokerPort? share = null)
    {
        Socket = socket;
        _share = share;
        Key = key;
        Port = socket.LocalPort;
        if (socket.IsBoundToAny())
        {
            socket.AnswerFromReachedAddress();
        }
    }

    public int Port { get; }

    /// <summary>22 characters of base64.</summary>
    public string KeyText => Key.ToBase64();

    /// <summary>What a client puts before each datagram, in hexadecimal digits; empty unless the port is shared.</summary>
    public string ViaText => _share is null ? "" : Place.TextOf(_share.Id);

    internal UdpSocket Socket { get; }

    /// <summary>What the session's loop reads and writes.</summary>
    internal IDatagramPort DatagramPort => _share is null ? Socket : _share;

    /// <summary>To the broker; -1: the port is the session's own.</summary>
    internal int BrokerFd => _share?.Fd ?? -1;

    internal SessionKey Key { get; }

    /// <summary>Binds to the first free port of the range (0..0: any free port). A wanted address that cannot be bound falls back to any. Null: error says why.</summary>
    public static ServerEndpoint? TryBind(string? address, int portLow, int portHigh, out string error)
    {
        UdpSocket? socket = TryBindSocket(address, portLow, portHigh, out error);
        return socket is null ? null : new ServerEndpoint(socket, SessionKey.Create(new SystemRandom()));
    }

    /// <summary>A share of a port that all sessions of this user have in common. Null: error says why.</summary>
    public static ServerEndpoint? TryShare(int port, out string error) => TryShare(DetachedChild.OwnBinary, port, out error);

    internal static ServerEndpoint? TryShare(string binary, int port, out string error)
    {
        Span<byte> id = stackalloc byte[Place.IdBytes];
        SystemRandom random = new();
        random.Fill(id);
        BrokerPort? share = BrokerJoin.TryJoin(binary, port, id, out error);
        return share is null ? null : new ServerEndpoint(share.Socket, SessionKey.Create(random), share);
    }

    internal static UdpSocket? TryBindSocket(string? address, int portLow, int portHigh, out string error)
    {
        UdpSocket? socket = null;
        int errno = 0;
        if (address != null && AddressLookup.TryResolve(address, 0, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> wanted, out _))
        {
            socket = BindFirstFree(wanted[0], portLow, portHigh, out errno);
        }

        // "Any" is one IPv6 socket that takes IPv4 too; a kernel without IPv6 has only the other.
        socket ??= BindWildcard(isIPv6: true, portLow, portHigh, out errno) ?? BindWildcard(isIPv6: false, portLow, portHigh, out errno);
        if (socket == null)
        {
            string ports = portLow == portHigh ? Text(portLow) : Text(portLow) + "-" + Text(portHigh);
            error = errno == Libc.EADDRINUSE
                ? (portLow == portHigh ? "UDP port " + ports + " is in use" : "no free UDP port in " + ports)
                : "cannot bind UDP port " + ports + ": " + Libc.ErrorText(errno);
            return null;
        }

        error = "";
        return socket;
    }

    public void Dispose() => DatagramPort.Dispose();

    /// <summary>A port of the session's own; who has a share of one gets its datagrams by another's hand.</summary>
    internal void ReceiveBatches(ReceiveBatch batch)
    {
        Socket.AskForRoom(SocketRoomBytes);
        if (_share is null)
        {
            Socket.ReceiveBatches(batch);
        }
    }

    /// <summary>In the detached process: the socket is a descriptor, the key came through the pipe.</summary>
    internal static ServerEndpoint Adopt(int fd, bool isIPv6, SessionKey key) => new(UdpSocket.Adopt(fd, isIPv6), key);

    /// <summary>The same with a share of a port: the connection to the broker is a descriptor as well.</summary>
    internal static ServerEndpoint AdoptShare(int fd, bool isIPv6, SessionKey key, int brokerFd, ReadOnlySpan<byte> id)
    {
        UdpSocket socket = UdpSocket.Adopt(fd, isIPv6);
        return new ServerEndpoint(socket, key, new BrokerPort(socket, brokerFd, socket.LocalPort, id, DetachedChild.OwnBinary));
    }

    private static UdpSocket? BindWildcard(bool isIPv6, int portLow, int portHigh, out int errno)
    {
        Span<byte> wildcard = stackalloc byte[isIPv6 ? SocketAddress.BytesMax : SocketAddress.IPv4Bytes];
        wildcard.Clear();
        SocketAddress.SetFamily(wildcard, isIPv6 ? Libc.AF_INET6 : Libc.AF_INET);
        return BindFirstFree(SocketAddress.ToPeer(wildcard), portLow, portHigh, out errno);
    }

    private static UdpSocket? BindFirstFree(PeerAddress address, int portLow, int portHigh, out int errno)
    {
        UdpSocket? socket = UdpSocket.TryOpen(address.Length == SocketAddress.BytesMax);
        if (socket == null)
        {
            errno = Libc.Errno;
            return null;
        }

        errno = 0;
        for (int port = portLow; port <= portHigh; port++)
        {
            errno = socket.Bind(address, port);
            if (errno == 0)
            {
                return socket;
            }

            if (errno is not (Libc.EADDRINUSE or Libc.EACCES))
            {
                break;
            }
        }

        socket.Dispose();
        return null;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
