using Roam.Transport;

namespace Roam.Host;

/// <summary>Makes one connection: the addresses of a name in turn, each with its time, or a unix socket. Nothing of it blocks.</summary>
internal sealed unsafe class Connector(StreamHub hub, NameLookups lookups, ForwardTarget target, IConnectWaiter waiter) : INameWaiter, IDescriptorOwner, ITimed
{
    private IReadOnlyList<string> _addresses = [];
    private int _next;
    private int _fd = -1;
    private string _failure = ConnectFailure.UnknownName;
    private Instant _endsAt;
    private bool _isOver;

    /// <summary>The answer may come before this returns.</summary>
    public void Start(Instant now)
    {
        _endsAt = now.PlusMillis(ForwardLimits.ConnectMillis);
        if (target.Path is not null)
        {
            TryNext(now);
        }
        else
        {
            lookups.Ask(now, target.Host, this);
        }
    }

    public void Cancel()
    {
        _isOver = true;
        lookups.Cancel(this);
        hub.At(Instant.Never, this);
        CloseOne();
    }

    public void Resolved(Instant now, IReadOnlyList<string> addresses)
    {
        if (!_isOver)
        {
            _addresses = addresses;
            TryNext(now);
        }
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        int error = 0;
        uint length = sizeof(int);
        _ = Libc.getsockopt(_fd, Libc.SOL_SOCKET, Libc.SO_ERROR, &error, &length);
        if (error == 0)
        {
            Succeed(now);
            return;
        }

        _failure = ConnectFailure.TextOf(error);
        CloseOne();
        TryNext(now);
    }

    /// <summary>The address did not answer in its time, or a full queue is asked again.</summary>
    public void Due(Instant now)
    {
        if (_fd >= 0)
        {
            _failure = ConnectFailure.TextOf(Libc.ETIMEDOUT);
            CloseOne();
        }

        TryNext(now);
    }

    private void TryNext(Instant now)
    {
        while (now < _endsAt && (target.Path is null ? _next < Math.Min(_addresses.Count, ForwardLimits.AddressesMax) : _next == 0))
        {
            int error = target.Path is { } path ? StartUnix(path) : StartTcp(_addresses[_next]);
            if (error == Libc.EAGAIN)
            {
                // unix(7): the listener's queue is full.
                _failure = ConnectFailure.TextOf(Libc.ETIMEDOUT);
                hub.At(now.PlusMillis(ForwardLimits.BusyMillis), this);
                return;
            }

            _next++;
            if (error == 0)
            {
                Succeed(now);
                return;
            }

            if (error == Libc.EINPROGRESS && hub.Watch(_fd, this, read: false, write: true))
            {
                hub.At(Instant.Min(_endsAt, now.PlusMillis(ForwardLimits.AddressMillis)), this);
                return;
            }

            _failure = ConnectFailure.TextOf(error);
            CloseOne();
        }

        _isOver = true;
        hub.At(Instant.Never, this);
        waiter.Failed(now, _failure);
    }

    private int StartTcp(string address)
    {
        if (!AddressLookup.TryResolve(address, target.Port, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> found, out _))
        {
            return Libc.EHOSTUNREACH;
        }

        _fd = Libc.socket(found[0].IsIPv6 ? Libc.AF_INET6 : Libc.AF_INET, Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
        if (_fd < 0)
        {
            return Libc.Errno;
        }

        byte* sockaddr = stackalloc byte[SocketAddress.BytesMax];
        found[0].CopyTo(new Span<byte>(sockaddr, SocketAddress.BytesMax));
        _ = Libc.SetOption(_fd, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, 1);
        return Libc.connect(_fd, sockaddr, (uint)found[0].Length) == 0 ? 0 : Libc.Errno;
    }

    private int StartUnix(string path)
    {
        _fd = UnixSocket.TryStartConnect(path, out int error);
        return error;
    }

    private void Succeed(Instant now)
    {
        int fd = _fd;
        hub.Unwatch(fd);
        hub.At(Instant.Never, this);
        _fd = -1;
        _isOver = true;
        waiter.Connected(now, fd, isTcp: target.Path is null);
    }

    private void CloseOne()
    {
        if (_fd >= 0)
        {
            hub.Unwatch(_fd);
            _ = Libc.close(_fd);
            _fd = -1;
        }
    }
}
