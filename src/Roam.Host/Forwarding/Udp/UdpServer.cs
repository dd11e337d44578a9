using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The server's end of UDP forwarding: a socket of its own for each stream, so that answers find their asker, and nothing but what the asked place answers comes in.</summary>
internal sealed class UdpServer(ForwardCore core, IForwardPolicy policy) : IStreamServer, IStreamOwner, IDescriptorOwner, ILookupOwner, ITimed, IDisposable
{
    /// <summary>Sockets at once, with those whose name is still asked for; more are refused.</summary>
    public const int FlowsMax = 512;

    private const int DatagramsPerTurnMax = 64;

    private readonly Dictionary<ulong, NameLookup> _opening = [];

    private readonly Dictionary<ulong, UdpFlow> _flows = [];
    private readonly Dictionary<int, UdpFlow> _byDescriptor = [];

    /// <summary>Sockets that are in use.</summary>
    public int FlowCount => _flows.Count;

    public void Serve(Instant now, ulong id, StreamKind kind)
    {
        if (core.Hub.Channels is not { } channels)
        {
            return;
        }

        ReadOnlySpan<byte> target = channels.TargetOf(id);
        if (!ForwardPlace.TryParse(target, out ForwardPlace place) || !place.IsUdp || place.Port == 0)
        {
            channels.Refuse(id, StreamRefusal.Failed, "that is no place to send datagrams to");
        }
        else if (!policy.Allows(kind, Encoding.UTF8.GetString(target), out string whoForbade))
        {
            channels.Refuse(id, StreamRefusal.Forbidden, whoForbade);
        }
        else if (_flows.Count + _opening.Count >= FlowsMax || core.Lookups.TryAsk(place.Host, place.Port, this) is not { } lookup)
        {
            channels.Refuse(id, StreamRefusal.TooMany, "too many UDP forwardings are in use there");
        }
        else
        {
            _opening.Add(id, lookup);
            core.Hub.Own(id, this);
        }
    }

    public void Take(Instant now, NameLookup lookup)
    {
        foreach ((ulong id, NameLookup opening) in _opening)
        {
            if (opening == lookup)
            {
                _opening.Remove(id);
                Open(now, id, lookup);
                return;
            }
        }
    }

    public void Take(Instant now, in StreamEvent e)
    {
        if (!_flows.TryGetValue(e.Id, out UdpFlow? flow))
        {
            if (e.Event is not (StreamEventKind.Readable or StreamEventKind.Datagram) && _opening.Remove(e.Id, out NameLookup? lookup))
            {
                lookup.IsCancelled = true;
                core.Hub.Disown(e.Id);
                core.Hub.Channels?.Reset(e.Id);
            }

            return;
        }

        switch (e.Event)
        {
            case StreamEventKind.Writable:
                flow.Stream.Flush();
                break;
            case StreamEventKind.Readable or StreamEventKind.Datagram:
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
        for (int i = 0; i < DatagramsPerTurnMax && flow.Socket.TryReceive(core.Hub.Buffer, out int length, out _, out _); i++)
        {
            _ = flow.Stream.TrySend(now, core.Hub.Buffer[..length]);
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

        core.Hub.At(next, this);
    }

    public void Dispose()
    {
        foreach (UdpFlow flow in _flows.Values.ToArray())
        {
            Forget(flow);
        }
    }

    private void Open(Instant now, ulong id, NameLookup lookup)
    {
        if (core.Hub.Channels is not { } channels)
        {
            return;
        }

        if (lookup.Addresses.Count == 0)
        {
            Refuse(channels, id, $"{lookup.Host}: {lookup.Error}");
            return;
        }

        PeerAddress address = lookup.Addresses[0];
        UdpSocket? socket = UdpSocket.TryOpen(address.Length == SocketAddress.BytesMax);
        int errno = socket is null ? Libc.Errno : socket.Connect(address);
        if (socket is null || errno != 0)
        {
            socket?.Dispose();
            Refuse(channels, id, $"{lookup.Host}: {Libc.ErrorText(errno)}");
            return;
        }

        socket.MarkNothing(onlyOwnFamily: true);
        UdpFlow flow = new(socket, address, new UdpStream(channels, id) { LastUsed = now, IsAnswered = true });
        _flows.Add(id, flow);
        _byDescriptor.Add(socket.Fd, flow);
        core.Hub.Watch(socket.Fd, this, read: true, write: false);
        channels.Accept(id);
        if (_flows.Count == 1)
        {
            core.Hub.At(now.PlusMillis(2 * UdpForward.IdleMillis), this);
        }

        PassQuestions(now, flow);
    }

    private void PassQuestions(Instant now, UdpFlow flow)
    {
        Span<byte> datagram = core.Hub.Buffer;
        while (flow.Stream.TryTake(now, datagram, out int length))
        {
            _ = flow.Socket.Send(datagram[..length], flow.Peer);
        }

        if (flow.Stream.IsMalformed)
        {
            End(flow);
        }
    }

    private void End(UdpFlow flow)
    {
        core.Hub.Channels?.Reset(flow.Stream.Id);
        Forget(flow);
    }

    private void Forget(UdpFlow flow)
    {
        core.Hub.Disown(flow.Stream.Id);
        core.Hub.Unwatch(flow.Socket.Fd);
        _flows.Remove(flow.Stream.Id);
        _byDescriptor.Remove(flow.Socket.Fd);
        flow.Socket.Dispose();
    }

    private void Refuse(StreamSet channels, ulong id, string text)
    {
        core.Hub.Disown(id);
        channels.Refuse(id, StreamRefusal.Failed, text);
    }
}
