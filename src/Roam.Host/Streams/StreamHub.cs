using Roam.Session;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Where streams of a session meet descriptors: who serves which kind, who owns which stream, who waits for which descriptor. Part of the loop's poll, by one descriptor of epoll(7), so that
/// a thousand connections cost a turn nothing. Nothing here waits.
/// </summary>
internal sealed unsafe class StreamHub : IDisposable
{
    /// <summary>Descriptors looked at in one turn; the rest waits for the next.</summary>
    private const int ReadyPerTurnMax = 128;

    /// <summary>Events of streams taken in one turn; likewise.</summary>
    private const int EventsPerTurnMax = 2048;

    /// <summary>What one reader or writer moves at once.</summary>
    private const int BufferBytes = 64 * 1024;

    private readonly IChannelSource _source;
    private readonly Dictionary<ulong, IStreamOwner> _owners = [];
    private readonly Dictionary<int, IStreamServer> _servers = [];
    private readonly Dictionary<int, Watched> _descriptors = [];

    /// <summary>Those that epoll does not take, files above all: always ready.</summary>
    private readonly List<int> _alwaysReady = [];
    private readonly List<(Instant When, ITimed Owner)> _timers = [];
    private readonly byte[] _ready = new byte[ReadyPerTurnMax * 16];
    private int _fd = Libc.epoll_create1(Libc.EPOLL_CLOEXEC);
    private bool _hasMore;

    public StreamHub(IChannelSource source)
    {
        _source = source;
    }

    /// <summary>For the loop's poll: readable when a descriptor is ready.</summary>
    public int Fd => _fd;

    /// <summary>Null: the peer has no channels, or is not known to have them yet.</summary>
    public StreamSet? Channels => _source.Channels;

    /// <summary>One for all who move bytes, each for the length of one call.</summary>
    public byte[] Buffer { get; } = new byte[BufferBytes];

    public int OwnedCount => _owners.Count;

    public int WatchedCount => _descriptors.Count;

    public Instant NextTimeout
    {
        get
        {
            if (_hasMore || AnyAlwaysReady())
            {
                return Instant.Zero;
            }

            Instant next = Instant.Never;
            foreach ((Instant when, _) in _timers)
            {
                next = Instant.Min(next, when);
            }

            return next;
        }
    }

    /// <summary>Once a turn of the loop, after what came was taken and before what goes is sent.</summary>
    /// <param name="now">The time of the turn.</param>
    /// <param name="isReady">poll(2) said that <see cref="Fd"/> is readable.</param>
    public void Turn(Instant now, bool isReady)
    {
        _hasMore = false;
        if (isReady)
        {
            TakeReady(now);
        }

        for (int i = _alwaysReady.Count - 1; i >= 0; i--)
        {
            if (i < _alwaysReady.Count && _descriptors.TryGetValue(_alwaysReady[i], out Watched watched) && (watched.Read || watched.Write))
            {
                watched.Owner.Ready(now, _alwaysReady[i], watched.Read, watched.Write);
            }
        }

        TakeEvents(now);
        TakeTimers(now);
    }

    /// <summary>Who gets the streams of that kind which the peer opens. Those of a kind that nobody serves are refused.</summary>
    public void Serve(StreamKind kind, IStreamServer server) => _servers[(int)kind] = server;

    /// <summary>Opens a stream to the peer. False: too many are open, or there are no channels.</summary>
    public bool TryOpen(Instant now, StreamKind kind, ReadOnlySpan<byte> target, IStreamOwner owner, out ulong id)
    {
        id = 0;
        if (Channels?.TryOpen(now, kind, target, out id) != true)
        {
            return false;
        }

        _owners[id] = owner;
        return true;
    }

    public void Own(ulong id, IStreamOwner owner) => _owners[id] = owner;

    public void Disown(ulong id) => _owners.Remove(id);

    /// <summary>Watches a descriptor for what is wanted; again: for something else. With neither it is known but not looked at, also not for its hang-up.</summary>
    public void Watch(int fd, IDescriptorOwner owner, bool read, bool write)
    {
        bool isKnown = _descriptors.TryGetValue(fd, out Watched before);
        Watched watched = new(owner, read, write, isKnown && before.IsInEpoll);
        if (isKnown && before == watched)
        {
            return;
        }

        bool wanted = read || write;
        if (!_alwaysReady.Contains(fd) && (wanted || watched.IsInEpoll))
        {
            int op = !wanted ? Libc.EPOLL_CTL_DEL : watched.IsInEpoll ? Libc.EPOLL_CTL_MOD : Libc.EPOLL_CTL_ADD;
            watched = watched with { IsInEpoll = wanted };
            if (!Control(op, fd, read, write) && wanted)
            {
                watched = watched with { IsInEpoll = false };
                _alwaysReady.Add(fd);
            }
        }

        _descriptors[fd] = watched;
    }

    /// <summary>To be called before the descriptor is closed.</summary>
    public void Unwatch(int fd)
    {
        if (_descriptors.Remove(fd, out Watched watched) && watched.IsInEpoll)
        {
            _ = Control(Libc.EPOLL_CTL_DEL, fd, read: false, write: false);
        }

        _alwaysReady.Remove(fd);
    }

    /// <summary>The owner hears of the time, once. An earlier wish of the same owner is replaced; Never takes it back.</summary>
    public void At(Instant when, ITimed owner)
    {
        for (int i = 0; i < _timers.Count; i++)
        {
            if (ReferenceEquals(_timers[i].Owner, owner))
            {
                _timers.RemoveAt(i);
                break;
            }
        }

        if (when != Instant.Never)
        {
            _timers.Add((when, owner));
        }
    }

    public void Dispose()
    {
        if (_fd >= 0)
        {
            _ = Libc.close(_fd);
            _fd = -1;
        }
    }

    private bool AnyAlwaysReady()
    {
        foreach (int fd in _alwaysReady)
        {
            if (_descriptors.TryGetValue(fd, out Watched watched) && (watched.Read || watched.Write))
            {
                return true;
            }
        }

        return false;
    }

    private bool Control(int op, int fd, bool read, bool write)
    {
        byte* wanted = stackalloc byte[16];
        Libc.WriteEpollEvent(wanted, (read ? Libc.EPOLLIN : 0) | (write ? Libc.EPOLLOUT : 0), fd);
        return Libc.epoll_ctl(_fd, op, fd, wanted) == 0;
    }

    private void TakeReady(Instant now)
    {
        int bytes = Libc.EpollEventBytes;
        fixed (byte* ready = _ready)
        {
            int count = Libc.epoll_wait(_fd, ready, ReadyPerTurnMax, 0);
            for (int i = 0; i < count; i++)
            {
                (uint events, int fd) = Libc.ReadEpollEvent(ready + (i * bytes));

                // Somebody before it in this turn may have closed it.
                if (_descriptors.TryGetValue(fd, out Watched watched))
                {
                    bool isBroken = (events & (Libc.EPOLLERR | Libc.EPOLLHUP)) != 0;
                    watched.Owner.Ready(now, fd, isBroken || (events & Libc.EPOLLIN) != 0, isBroken || (events & Libc.EPOLLOUT) != 0);
                }
            }
        }
    }

    private void TakeEvents(Instant now)
    {
        int count = 0;
        while (count++ < EventsPerTurnMax && _source.PollChannel(out StreamEvent e))
        {
            if (e.Event == StreamEventKind.Opened)
            {
                Serve(now, e);
            }
            else if (_owners.TryGetValue(e.Id, out IStreamOwner? owner))
            {
                owner.Take(now, e);
            }
        }

        _hasMore = count > EventsPerTurnMax;
    }

    private void Serve(Instant now, in StreamEvent e)
    {
        if (_servers.TryGetValue((int)e.Kind, out IStreamServer? server))
        {
            server.Serve(now, e.Id, e.Kind);
        }
        else
        {
            Channels?.Refuse(e.Id, StreamRefusal.Unserved, "the other end does not serve this");
        }
    }

    private void TakeTimers(Instant now)
    {
        // A handler may set new times: those are looked at in the next turn.
        for (int i = _timers.Count - 1; i >= 0; i--)
        {
            if (i < _timers.Count && _timers[i].When <= now)
            {
                ITimed owner = _timers[i].Owner;
                _timers.RemoveAt(i);
                owner.HandleTimeout(now);
            }
        }
    }

    private readonly record struct Watched(IDescriptorOwner Owner, bool Read, bool Write, bool IsInEpoll);
}
