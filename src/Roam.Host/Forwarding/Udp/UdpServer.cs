using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The server's end of UDP forwarding: a socket of its own for each stream, so that answers find their asker, and nothing but what the asked place answers comes in.</summary>
internal sealed class UdpServer(StreamHub hub, ServerPolicy policy) : IStreamServer, IStreamOwner, IDescriptorOwner, ITimed, IDisposable
{
    /// <summary>Sockets at once; more are refused.</summary>
    public const int FlowsMax = 512;

    private const string Prefix = "udp:";
    private const int DatagramsPerTurnMax = 64;

    private readonly Dictionary<ulong, UdpFlow> _flows = [];
    private readonly Dictionary<int, UdpFlow> _byDescriptor = [];

    public void Serve(Instant now, ulong id, StreamKind kind)
    {
        if (hub.Channels is not { } channels)
        {
            return;
        }

        string target = Encoding.UTF8.GetString(channels.TargetOf(id));
        if (!policy.Allows(kind, target, out string whoForbade))
        {
            channels.Refuse(id, StreamRefusal.Forbidden, whoForbade);
        }
        else if (_flows.Count >= FlowsMax)
        {
            channels.Refuse(id, StreamRefusal.TooMany, "Too many UDP forwardings are in use.");
        }
        else if (!TryResolve(target, out PeerAddress address, out string error))
        {
            channels.Refuse(id, StreamRefusal.Failed, error);
        }
        else
        {
            Open(now, channels, id, address);
        }
    }

    public void Take(Instant now, in StreamEvent e)
    {
        if (!_flows.TryGetValue(e.Id, out UdpFlow? flow))
        {
            return;
        }

        switch (e.Event)
        {
            case StreamEventKind.Readable:
                PassQuestions(now, flow);
                break;
            case StreamEventKind.Finished or StreamEventKind.Stopped:
                End(flow);
                break;
            case StreamEventKind.Reset:
                Forget(flow);
                break;
        }
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        if (!_byDescriptor.TryGetValue(fd, out UdpFlow? flow))
        {
            return;
        }

        // A place where nobody listens says so: that is an error to read, and nothing more.
        for (int i = 0; i < DatagramsPerTurnMax && flow.Socket.TryReceive(hub.Buffer, out int length, out _, out _); i++)
        {
            _ = flow.Stream.TrySend(now, hub.Buffer[..length]);
        }
    }

    /// <summary>The client ends its silent ones; this is for those of a client that does not.</summary>
    public void Due(Instant now)
    {
        Instant next = Instant.Never;
        foreach (UdpFlow flow in _flows.Values.ToArray())
        {
            Instant end = flow.Stream.LastUsed.PlusMillis(2 * UdpForward.IdleMillis);
            if (end <= now)
            {
                End(flow);
            }
            else
            {
                next = Instant.Min(next, end);
            }
        }

        hub.At(next, this);
    }

    public void Dispose()
    {
        foreach (UdpFlow flow in _flows.Values.ToArray())
        {
            Forget(flow);
        }
    }

    private void Open(Instant now, StreamSet channels, ulong id, in PeerAddress address)
    {
        UdpSocket? socket = UdpSocket.TryOpen(address.Length == SocketAddress.BytesMax);
        int errno = socket is null ? Libc.Errno : socket.Connect(address);
        if (socket is null || errno != 0)
        {
            socket?.Dispose();
            channels.Refuse(id, StreamRefusal.Failed, Libc.ErrorText(errno) + ".");
            return;
        }

        socket.MarkNothing(onlyOwnFamily: true);
        UdpFlow flow = new(socket, address, new UdpStream(channels, id) { LastUsed = now });
        _flows.Add(id, flow);
        _byDescriptor.Add(socket.Fd, flow);
        hub.Own(id, this);
        hub.Watch(socket.Fd, this, read: true, write: false);
        channels.Accept(id);
        if (_flows.Count == 1)
        {
            hub.At(now.PlusMillis(2 * UdpForward.IdleMillis), this);
        }

        PassQuestions(now, flow);
    }

    private void PassQuestions(Instant now, UdpFlow flow)
    {
        while (flow.Stream.TryPeek(now, out ReadOnlySpan<byte> datagram))
        {
            _ = flow.Socket.Send(datagram, flow.Peer);
            flow.Stream.Consume(datagram.Length);
        }

        if (flow.Stream.IsMalformed)
        {
            End(flow);
        }
    }

    private void End(UdpFlow flow)
    {
        hub.Channels?.Reset(flow.Stream.Id);
        Forget(flow);
    }

    private void Forget(UdpFlow flow)
    {
        hub.Disown(flow.Stream.Id);
        hub.Unwatch(flow.Socket.Fd);
        _flows.Remove(flow.Stream.Id);
        _byDescriptor.Remove(flow.Socket.Fd);
        flow.Socket.Dispose();
    }

    private static bool TryResolve(string target, out PeerAddress address, out string error)
    {
        address = default;
        error = "That is no target of a UDP forwarding.";
        int colon = target.LastIndexOf(':');
        if (!target.StartsWith(Prefix, StringComparison.Ordinal) || colon < Prefix.Length || !ushort.TryParse(target.AsSpan(colon + 1), out ushort port) || port == 0)
        {
            return false;
        }

        string host = target[Prefix.Length..colon].TrimStart('[').TrimEnd(']');
        bool isFound = AddressLookup.TryResolve(host, port, Libc.AF_UNSPEC, numericOnly: false, out List<PeerAddress> addresses, out string reason);
        address = isFound ? addresses[0] : default;
        error = $"{host}: {reason}.";
        return isFound;
    }
}
