using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Clients that came through the control socket: their datagrams are frames on a connection that ssh carries. Each is a peer address of its own, with a number that is never
/// given twice, so that the session follows its client from one to the next as it does between sockets.
/// </summary>
internal sealed class CarriedPeers : IDisposable
{
    /// <summary>Connections at a time. A new one takes the place of the oldest: its client has logged in again, and the old way is likely dead.</summary>
    public const int CountMax = 4;

    private readonly List<Peer> _peers = new(CountMax);
    private int _number;

    /// <summary>Some of what was read already was not fetched: the loop must not sleep.</summary>
    public bool HasNews
    {
        get
        {
            foreach (Peer peer in _peers)
            {
                if (peer.HasNews)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Takes the connection over.</summary>
    /// <param name="fd">Closed here.</param>
    /// <param name="early">What came behind the question.</param>
    public void Add(int fd, ReadOnlySpan<byte> early)
    {
        if (_peers.Count == CountMax)
        {
            Remove(0);
        }

        FrameStream frames = new(fd, fd);
        frames.Preload(early);
        _peers.Add(new Peer(fd, PeerAddress.Carried(++_number), frames) { HasNews = !early.IsEmpty });
    }

    /// <summary>A negative descriptor is skipped by poll.</summary>
    public void Fill(Span<Libc.PollFd> slots)
    {
        for (int i = 0; i < CountMax; i++)
        {
            slots[i] = i < _peers.Count
                ? new Libc.PollFd { Fd = _peers[i].Fd, Events = (short)(_peers[i].Frames.WantsWrite ? Libc.POLLIN | Libc.POLLOUT : Libc.POLLIN) }
                : new Libc.PollFd { Fd = -1 };
        }
    }

    /// <summary>Before any other call of the turn: the slots are those of the last <see cref="Fill"/>.</summary>
    public void Note(ReadOnlySpan<Libc.PollFd> slots)
    {
        for (int i = 0; i < _peers.Count; i++)
        {
            _peers[i].HasNews |= (slots[i].Revents & ~Libc.POLLOUT) != 0;
        }
    }

    /// <summary>The next datagram of any of them. False: none is here now; those that ended are gone then.</summary>
    public bool TryReceive(Span<byte> destination, out int length, out PeerAddress from)
    {
        for (int i = _peers.Count - 1; i >= 0; i--)
        {
            Peer peer = _peers[i];
            if (peer.HasNews && peer.Frames.TryReceive(destination, out length))
            {
                from = peer.Address;
                return true;
            }

            peer.HasNews = false;
            if (peer.Frames.IsOver)
            {
                Remove(i);
            }
        }

        length = 0;
        from = default;
        return false;
    }

    /// <summary>False: that connection is gone, or its reader is too slow.</summary>
    public bool Send(ReadOnlySpan<byte> datagram, in PeerAddress to)
    {
        foreach (Peer peer in _peers)
        {
            if (peer.Address == to)
            {
                return peer.Frames.TrySend(datagram);
            }
        }

        return false;
    }

    public void Flush()
    {
        foreach (Peer peer in _peers)
        {
            peer.Frames.Flush();
        }
    }

    public void Dispose()
    {
        Flush();
        while (_peers.Count > 0)
        {
            Remove(_peers.Count - 1);
        }
    }

    private void Remove(int index)
    {
        _ = Libc.close(_peers[index].Fd);
        _peers.RemoveAt(index);
    }

    private sealed class Peer(int fd, PeerAddress address, FrameStream frames)
    {
        public int Fd { get; } = fd;

        public PeerAddress Address { get; } = address;

        public FrameStream Frames { get; } = frames;

        public bool HasNews { get; set; }
    }
}
