using Roam.Session;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// What a loop has of streams and of the descriptors they end at: one slot of its ppoll (an epoll descriptor), one deadline, and one call a turn. It never blocks, and whoever it calls
/// must not either.
/// </summary>
internal sealed unsafe class StreamHub(IChannelSource source) : IDisposable
{
    /// <summary>Bytes of one read; also the room that is lent to whoever reads.</summary>
    public const int BufferBytes = 64 * 1024;

    /// <summary>Descriptors served in one turn. More of them are served in the next, at once: the keys and the picture come between.</summary>
    private const int DescriptorsPerTurnMax = 64;

    private readonly Dictionary<ulong, OwnedStream> _owned = [];
    private readonly IStreamServer?[] _servers = new IStreamServer?[(int)StreamKind.ProgramControl + 1];
    private readonly HubTimers _timers = new();
    private WatchedDescriptor?[] _watched = new WatchedDescriptor?[64];
    private byte[]? _buffer;
    private int _watchedCount;
    private int _alwaysReadyCount;
    private uint _generation;
    private bool _isDisposed;

    /// <summary>-1: nothing is watched yet.</summary>
    public int Fd { get; private set; } = -1;

    public StreamSet? Channels => source.Channels;

    /// <summary>Of the last turn: for whoever begins something between two.</summary>
    public Instant Now { get; private set; }

    /// <summary>For one read or write, within one call; kept as nobody needs it longer.</summary>
    public Span<byte> Buffer => _buffer ??= new byte[BufferBytes];

    public Instant NextTimeout => _alwaysReadyCount > 0 ? Instant.Zero : _timers.Next;

    /// <summary>Streams that somebody owns.</summary>
    public int OwnedCount => _owned.Count;

    public int WatchedCount => _watchedCount;

    /// <summary>Once a turn of the loop, when datagrams have been received, and before they are sent.</summary>
    public void Turn(Instant now)
    {
        Now = now;
        if (_watchedCount > 0)
        {
            TakeDescriptors(now);
        }

        while (source.PollChannel(out StreamEvent e))
        {
            Take(now, e);
        }

        while (_timers.TryTakeDue(now, out ITimed? owner))
        {
            owner.Due(now);
        }
    }

    /// <summary>Streams of the kind that the peer opens go to this server. Without one they are refused.</summary>
    public void Serve(StreamKind kind, IStreamServer server) => _servers[(int)kind] = server;

    /// <summary>Opens a stream to the peer. False: too many are open, or there are no channels.</summary>
    public bool TryOpen(Instant now, StreamKind kind, ReadOnlySpan<byte> target, IStreamOwner owner, out ulong id)
    {
        id = 0;
        if (Channels?.TryOpen(now, kind, target, out id) != true)
        {
            return false;
        }

        Own(id, owner);
        return true;
    }

    /// <summary>From now on this one hears of the stream, and no other.</summary>
    public void Own(ulong id, IStreamOwner owner)
    {
        if (_owned.TryGetValue(id, out OwnedStream? stream))
        {
            stream.Owner = owner;
        }
        else
        {
            _owned.Add(id, new OwnedStream(owner));
        }
    }

    public void Disown(ulong id) => _owned.Remove(id);

    /// <summary>The peer has said its last byte, to whoever owned the stream then.</summary>
    public bool HasFinished(ulong id) => _owned.TryGetValue(id, out OwnedStream? stream) && stream.HasFinished;

    /// <summary>The peer reads no more, likewise.</summary>
    public bool HasStopped(ulong id) => _owned.TryGetValue(id, out OwnedStream? stream) && stream.HasStopped;

    /// <summary>
    /// Watches a descriptor, or watches it for something else. With neither it is not watched at all: a hang-up would be told again and again. A regular file, which cannot be watched, is
    /// always ready. False: the system has no room for it.
    /// </summary>
    public bool Watch(int fd, IDescriptorOwner owner, bool read, bool write)
    {
        uint events = (read ? Libc.EPOLLIN : 0) | (write ? Libc.EPOLLOUT : 0);
        WatchedDescriptor? known = Find(fd);
        if (events == 0)
        {
            Unwatch(fd);
            return true;
        }

        if (known is not null && known.Owner == owner)
        {
            if (known.Events != events)
            {
                known.Events = events;
                return known.IsAlwaysReady || Libc.EpollControl(Fd, Libc.EPOLL_CTL_MOD, fd, events, DataOf(known)) == 0;
            }

            return true;
        }

        Unwatch(fd);
        return Add(new WatchedDescriptor(fd, ++_generation, owner) { Events = events });
    }

    /// <summary>To be called before a watched descriptor is closed.</summary>
    public void Unwatch(int fd)
    {
        if (Find(fd) is not { } known)
        {
            return;
        }

        _watched[fd] = null;
        _watchedCount--;
        if (known.IsAlwaysReady)
        {
            _alwaysReadyCount--;
        }
        else
        {
            _ = Libc.EpollControl(Fd, Libc.EPOLL_CTL_DEL, fd, 0, 0);
        }
    }

    /// <summary>Replaces the owner's deadline; <see cref="Instant.Never"/> takes it away.</summary>
    public void At(Instant when, ITimed owner) => _timers.Set(when, owner);

    /// <summary>Closes what is still open: the session is over.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        OwnedStream[] all = [.. _owned.Values];
        foreach (OwnedStream stream in all)
        {
            (stream.Owner as IDisposable)?.Dispose();
        }

        foreach (IStreamServer? server in _servers)
        {
            (server as IDisposable)?.Dispose();
        }

        if (Fd >= 0)
        {
            _ = Libc.close(Fd);
            Fd = -1;
        }
    }

    private static ulong DataOf(WatchedDescriptor watched) => ((ulong)watched.Generation << 32) | (uint)watched.Fd;

    private WatchedDescriptor? Find(int fd) => (uint)fd < (uint)_watched.Length ? _watched[fd] : null;

    private bool Add(WatchedDescriptor watched)
    {
        if (Fd < 0)
        {
            Fd = Libc.epoll_create1(Libc.O_CLOEXEC);
        }

        if (watched.Fd >= _watched.Length)
        {
            Array.Resize(ref _watched, Math.Max(watched.Fd + 1, _watched.Length * 2));
        }

        if (Libc.EpollControl(Fd, Libc.EPOLL_CTL_ADD, watched.Fd, watched.Events, DataOf(watched)) != 0)
        {
            // epoll_ctl(2): EPERM, the file does not support epoll.
            if (Libc.Errno != Libc.EPERM)
            {
                return false;
            }

            watched.IsAlwaysReady = true;
            _alwaysReadyCount++;
        }

        _watched[watched.Fd] = watched;
        _watchedCount++;
        return true;
    }

    private void TakeDescriptors(Instant now)
    {
        if (_alwaysReadyCount > 0)
        {
            TakeAlwaysReady(now);
        }

        byte* events = stackalloc byte[DescriptorsPerTurnMax * 16];
        int count = Fd < 0 ? 0 : Libc.epoll_wait(Fd, events, DescriptorsPerTurnMax, 0);
        for (int i = 0; i < count; i++)
        {
            ulong data = Libc.EpollDataAt(events, i);
            uint happened = Libc.EpollEventsAt(events, i);

            // One that was served before may have closed this one, and opened another under its number.
            if (Find((int)(uint)data) is { } watched && watched.Generation == (uint)(data >> 32))
            {
                bool isBroken = (happened & (Libc.EPOLLHUP | Libc.EPOLLERR)) != 0;
                watched.Owner.Ready(now, watched.Fd, isBroken || (happened & Libc.EPOLLIN) != 0, isBroken || (happened & Libc.EPOLLOUT) != 0);
            }
        }
    }

    private void TakeAlwaysReady(Instant now)
    {
        for (int fd = 0; fd < _watched.Length; fd++)
        {
            if (_watched[fd] is { IsAlwaysReady: true } watched)
            {
                watched.Owner.Ready(now, fd, (watched.Events & Libc.EPOLLIN) != 0, (watched.Events & Libc.EPOLLOUT) != 0);
            }
        }
    }

    private void Take(Instant now, in StreamEvent e)
    {
        if (e.Event == StreamEventKind.Opened)
        {
            if ((uint)e.Kind < (uint)_servers.Length && _servers[(int)e.Kind] is { } server)
            {
                server.Serve(now, e.Id, e.Kind);
            }
            else
            {
                Channels?.Refuse(e.Id, StreamRefusal.Unserved, "Nothing there serves this.");
            }

            return;
        }

        if (!_owned.TryGetValue(e.Id, out OwnedStream? stream))
        {
            return;
        }

        stream.HasFinished |= e.Event == StreamEventKind.Finished;
        stream.HasStopped |= e.Event == StreamEventKind.Stopped;
        if (e.Event is StreamEventKind.Reset or StreamEventKind.Refused)
        {
            _owned.Remove(e.Id);
        }

        stream.Owner.Take(now, e);
    }
}
