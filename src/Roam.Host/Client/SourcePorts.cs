using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// The client's source ports of one family: the newest sends, older ones still listen, because an answer may be on its way to them (spec: ssp.md section 1, roaming).
/// </summary>
internal sealed class SourcePorts : IDisposable
{
    public const int OldMax = 10;
    public const int CountMax = OldMax + 1;
    private const long OldMillisMax = 60_000;

    private readonly bool _isIPv6;
    private readonly ReceiveBatch _received;
    private readonly List<(UdpSocket Socket, Instant Until)> _old = new(OldMax);

    private SourcePorts(UdpSocket current, bool isIPv6, ReceiveBatch received)
    {
        Current = Prepared(current, received);
        _isIPv6 = isIPv6;
        _received = received;
    }

    public UdpSocket Current { get; private set; }

    public int Count => _old.Count + 1;

    public UdpSocket this[int index] => index == 0 ? Current : _old[index - 1].Socket;

    /// <summary>A socket of the server's own family: an IPv4 peer needs no dual stack.</summary>
    /// <param name="isIPv6">The family.</param>
    /// <param name="received">Of the loop that reads the sockets.</param>
    /// <param name="error">The system's text.</param>
    public static SourcePorts? TryOpen(bool isIPv6, ReceiveBatch received, out string error)
    {
        UdpSocket? socket = UdpSocket.TryOpen(isIPv6);
        error = socket == null ? Libc.ErrorText(Libc.Errno) : "";
        return socket == null ? null : new SourcePorts(socket, isIPv6, received);
    }

    /// <summary>Opens a new source port. The oldest of too many is closed. When no socket can be had the present one goes on.</summary>
    public void Hop(Instant now)
    {
        Prune(now);
        UdpSocket? socket = UdpSocket.TryOpen(_isIPv6);
        if (socket == null)
        {
            return;
        }

        if (_old.Count == OldMax)
        {
            _old[0].Socket.Dispose();
            _old.RemoveAt(0);
        }

        _old.Add((Current, now.PlusMillis(OldMillisMax)));
        Current = Prepared(socket, _received);
    }

    /// <summary>Closes the old ones whose time is up.</summary>
    public void Prune(Instant now)
    {
        while (_old.Count > 0 && _old[0].Until <= now)
        {
            _old[0].Socket.Dispose();
            _old.RemoveAt(0);
        }
    }

    private static UdpSocket Prepared(UdpSocket socket, ReceiveBatch received)
    {
        socket.AskForRoom(ServerEndpoint.SocketRoomBytes);
        socket.ReceiveBatches(received);
        return socket;
    }

    public void Dispose()
    {
        Current.Dispose();
        foreach ((UdpSocket socket, _) in _old)
        {
            socket.Dispose();
        }

        _old.Clear();
    }
}
