using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// -L udp:: datagrams to a port here go to a place that the far side reaches, and its answers come back. Each program that sends (an address and a port) has a stream of its own, so
/// that its answers find it; one that is silent for two minutes is forgotten, as a NAT would.
/// </summary>
internal sealed class UdpForward : IDescriptorOwner, IStreamOwner, ITimed, IDisposable
{
    /// <summary>Programs at once; the datagrams of one more are lost until another falls silent.</summary>
    public const int FlowsMax = 256;

    /// <summary>RFC 4787, REQ-5: not less than two minutes.</summary>
    public const int IdleMillis = 120_000;

    /// <summary>After a refusal the far side is not asked again for so long.</summary>
    public const int RefusedMillis = 5_000;

    private const int DatagramsPerTurnMax = 64;

    private readonly StreamHub _hub;
    private readonly byte[] _target;
    private readonly Action<Instant, string> _refused;
    private readonly List<UdpSocket> _sockets = [];
    private readonly Dictionary<PeerAddress, UdpFlow> _flows = [];
    private readonly Dictionary<ulong, UdpFlow> _byStream = [];
    private Instant _silentUntil = Instant.Zero;

    /// <param name="hub">Of the session.</param>
    /// <param name="target">udp:HOST:PORT.</param>
    /// <param name="refused">Hears why the far side does not serve it.</param>
    public UdpForward(StreamHub hub, string target, Action<Instant, string> refused)
    {
        _hub = hub;
        _refused = refused;
        _target = Encoding.UTF8.GetBytes(target);
    }

    public int Port => _sockets.Count > 0 ? _sockets[0].LocalPort : 0;

    /// <summary>Programs that use it now.</summary>
    public int FlowCount => _flows.Count;

    /// <summary>Listens on one more address. 0, or errno.</summary>
    public int TryBind(in PeerAddress address, int port)
    {
        UdpSocket? socket = UdpSocket.TryOpen(address.Length == SocketAddress.BytesMax);
        if (socket is null)
        {
            return Libc.Errno;
        }

        socket.MarkNothing(onlyOwnFamily: true);
        int errno = socket.Bind(address, port);
        if (errno != 0)
        {
            socket.Dispose();
            return errno;
        }

        _sockets.Add(socket);
        _hub.Watch(socket.Fd, this, read: true, write: false);
        return 0;
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        UdpSocket? socket = _sockets.Find(s => s.Fd == fd);
        for (int i = 0; socket is not null && i < DatagramsPerTurnMax && socket.TryReceive(_hub.Buffer, out int length, out PeerAddress from, out _); i++)
        {
            if (FlowOf(now, socket, from) is { } flow)
            {
                _ = flow.Stream.TrySend(now, _hub.Buffer[..length]);
            }
        }
    }

    public void Take(Instant now, in StreamEvent e)
    {
        if (!_byStream.TryGetValue(e.Id, out UdpFlow? flow))
        {
            return;
        }

        switch (e.Event)
        {
            case StreamEventKind.Accepted:
                flow.Stream.IsAnswered = true;
                break;
            case StreamEventKind.Writable:
                flow.Stream.Flush();
                break;
            case StreamEventKind.Readable or StreamEventKind.Datagram:
                PassAnswers(now, flow);
                break;
            case StreamEventKind.Refused:
                _refused(now, RefusalOf(e.Id));
                _silentUntil = now.PlusMillis(RefusedMillis);
                Forget(flow);
                break;
            case StreamEventKind.Finished or StreamEventKind.Stopped:
                _hub.Channels?.Reset(e.Id);
                Forget(flow);
                break;
            case StreamEventKind.Reset:
                Forget(flow);
                break;
        }
    }

    /// <summary>Forgets those that were silent for long enough.</summary>
    public void Due(Instant now)
    {
        Instant next = Instant.Never;
        foreach (UdpFlow flow in _flows.Values.ToArray())
        {
            Instant end = flow.Stream.LastUsed.PlusMillis(IdleMillis);
            if (end <= now)
            {
                _hub.Channels?.Reset(flow.Stream.Id);
                Forget(flow);
            }
            else
            {
                next = Instant.Min(next, end);
            }
        }

        _hub.At(next, this);
    }

    public void Dispose()
    {
        foreach (UdpFlow flow in _flows.Values.ToArray())
        {
            _hub.Channels?.Reset(flow.Stream.Id);
            Forget(flow);
        }

        foreach (UdpSocket socket in _sockets)
        {
            _hub.Unwatch(socket.Fd);
            socket.Dispose();
        }

        _sockets.Clear();
        _hub.At(Instant.Never, this);
    }

    private UdpFlow? FlowOf(Instant now, UdpSocket socket, in PeerAddress from)
    {
        if (_flows.TryGetValue(from, out UdpFlow? known))
        {
            return known;
        }

        if (now < _silentUntil || _flows.Count == FlowsMax || _hub.Channels is not { } channels || !channels.TryOpen(now, StreamKind.Udp, _target, out ulong id))
        {
            return null;
        }

        UdpFlow flow = new(socket, from, new UdpStream(channels, id) { LastUsed = now });
        _flows.Add(from, flow);
        _byStream.Add(id, flow);
        _hub.Own(id, this);
        if (_flows.Count == 1)
        {
            _hub.At(now.PlusMillis(IdleMillis), this);
        }

        return flow;
    }

    private string RefusalOf(ulong id)
    {
        string text = "";
        _ = _hub.Channels?.RefusalOf(id, out text);
        return text;
    }

    private void PassAnswers(Instant now, UdpFlow flow)
    {
        Span<byte> datagram = _hub.Buffer;
        while (flow.Stream.TryTake(now, datagram, out int length))
        {
            _ = flow.Socket.Send(datagram[..length], flow.Peer);
        }

        if (flow.Stream.IsMalformed)
        {
            _hub.Channels?.Reset(flow.Stream.Id);
            Forget(flow);
        }
    }

    private void Forget(UdpFlow flow)
    {
        _hub.Disown(flow.Stream.Id);
        _byStream.Remove(flow.Stream.Id);
        _flows.Remove(flow.Peer);
    }
}
