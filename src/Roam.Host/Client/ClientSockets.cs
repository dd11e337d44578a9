using Roam.Transport;

namespace Roam.Host;

/// <summary>The client's sockets: source ports of each family that the server's addresses are of, opened when first needed.</summary>
internal sealed class ClientSockets : IDisposable
{
    public const int CountMax = 2 * SourcePorts.CountMax;

    private readonly ReceiveBatch _received = new();
    private SourcePorts? _ipv4;
    private SourcePorts? _ipv6;

    // Looked through only when there are any: a handful, as many as there are places.
    private readonly List<Place> _withId = [];

    private ClientSockets()
    {
    }

    public int Count => (_ipv4?.Count ?? 0) + (_ipv6?.Count ?? 0);

    public UdpSocket this[int index]
    {
        get
        {
            int first = _ipv4?.Count ?? 0;
            return index < first ? _ipv4![index] : _ipv6![index - first];
        }
    }

    /// <summary>With sockets for the family of the first address. Null: error says why not even one could be opened.</summary>
    public static ClientSockets? TryOpen(in PeerAddress server, out string error)
    {
        ClientSockets sockets = new();
        return sockets.TryGet(server, out error) == null ? null : sockets;
    }

    /// <summary>The socket for datagrams to that address. Null: this machine has no socket of its family; error is the system's text.</summary>
    public UdpSocket? TryGet(in PeerAddress to, out string error)
    {
        error = "";

        // A mapped address (::ffff:a.b.c.d) counts as IPv4 but is a sockaddr_in6, and needs a socket of that family.
        bool isIPv6 = to.Length == SocketAddress.BytesMax;
        SourcePorts? ports = isIPv6
            ? _ipv6 ??= SourcePorts.TryOpen(isIPv6, _received, out error)
            : _ipv4 ??= SourcePorts.TryOpen(isIPv6, _received, out error);
        return ports?.Current;
    }

    /// <summary>What goes there begins with the place's id from now on.</summary>
    public void Add(Place place)
    {
        if (!place.Id.IsEmpty && _withId.Count < PeerCandidates.CountMax)
        {
            _withId.Add(place);
        }
    }

    /// <summary>What to put before a datagram that goes there.</summary>
    public ReadOnlySpan<byte> IdOf(in PeerAddress to)
    {
        for (int i = 0; i < _withId.Count; i++)
        {
            if (_withId[i].Address == to)
            {
                return _withId[i].Id.Span;
            }
        }

        return [];
    }

    /// <summary>New source ports in all families in use.</summary>
    public void Hop(Instant now)
    {
        _ipv4?.Hop(now);
        _ipv6?.Hop(now);
    }

    public void Prune(Instant now)
    {
        _ipv4?.Prune(now);
        _ipv6?.Prune(now);
    }

    public void Dispose()
    {
        _ipv4?.Dispose();
        _ipv6?.Dispose();
        _received.Dispose();
    }
}
