using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Makes one connection for the peer: asks for the name, then tries its addresses in turn, each for a bounded time, without ever blocking. The owner hears once what came of it; when it
/// is known at once, within <see cref="Begin"/>.
/// </summary>
internal sealed class Connector(ForwardCore core, ForwardPlace place, IConnectOwner owner) : ILookupOwner, IDescriptorOwner, ITimed
{
    private const string Loopback = "localhost";

    private NameLookup? _lookup;
    private List<PeerAddress> _addresses = [];
    private int _next;
    private int _fd = -1;
    private int _errno = Libc.ETIMEDOUT;
    private Instant _until = Instant.Never;
    private bool _isOver;

    public void Begin(Instant now)
    {
        if (place.Path is not null)
        {
            _until = now.PlusMillis(ForwardLimits.ConnectMillisMax);
            TryUnix(now);
            return;
        }

        string host = place.Host.Length == 0 ? Loopback : place.Host;
        if (AddressLookup.TryResolve(host, place.Port, Libc.AF_UNSPEC, numericOnly: true, out _addresses, out _))
        {
            TryNext(now);
            return;
        }

        _lookup = core.Lookups.TryAsk(host, place.Port, this);
        if (_lookup is null)
        {
            Fail(now, StreamRefusal.TooMany, "too many names are being looked up");
        }
    }

    /// <summary>Nobody waits for it any more; the owner hears nothing.</summary>
    public void Cancel()
    {
        _isOver = true;
        _lookup?.IsCancelled = true;
        Close();
        core.Hub.At(Instant.Never, this);
    }

    public void Take(Instant now, NameLookup lookup)
    {
        _lookup = null;
        if (lookup.Addresses.Count == 0)
        {
            Fail(now, StreamRefusal.UnknownName, lookup.Error);
            return;
        }

        _addresses = lookup.Addresses;
        TryNext(now);
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        int errno = ForwardSockets.ErrorOf(fd);
        if (errno == 0)
        {
            Succeed(now, isTcp: true);
            return;
        }

        _errno = errno;
        Close();
        TryNext(now);
    }

    public void Due(Instant now)
    {
        if (place.Path is not null)
        {
            TryUnix(now);
            return;
        }

        _errno = Libc.ETIMEDOUT;
        Close();
        TryNext(now);
    }

    private void TryNext(Instant now)
    {
        while (_next < _addresses.Count)
        {
            _fd = ForwardSockets.TryConnect(_addresses[_next++]);
            if (_fd < 0)
            {
                _errno = Libc.Errno;
            }
            else if (core.Hub.Watch(_fd, this, read: false, write: true))
            {
                core.Hub.At(now.PlusMillis(ForwardLimits.ConnectMillisMax), this);
                return;
            }
            else
            {
                _errno = Libc.ENOMEM;
                Close();
            }
        }

        Fail(now, ForwardSockets.ReasonOf(_errno), Libc.ErrorText(_errno));
    }

    private void TryUnix(Instant now)
    {
        _fd = ForwardSockets.TryConnectUnix(place.Path!);
        if (_fd >= 0)
        {
            Succeed(now, isTcp: false);
            return;
        }

        int errno = Libc.Errno;
        if (errno == Libc.EAGAIN && now < _until)
        {
            core.Hub.At(now.PlusMillis(ForwardLimits.ConnectPauseMillis), this);
            return;
        }

        Fail(now, ForwardSockets.ReasonOf(errno), Libc.ErrorText(errno));
    }

    private void Succeed(Instant now, bool isTcp)
    {
        int fd = _fd;
        core.Hub.Unwatch(fd);
        core.Hub.At(Instant.Never, this);
        _fd = -1;
        if (!_isOver)
        {
            _isOver = true;
            owner.Connected(now, fd, isTcp);
        }
    }

    private void Fail(Instant now, StreamRefusal reason, string text)
    {
        core.Hub.At(Instant.Never, this);
        if (!_isOver)
        {
            _isOver = true;
            owner.Failed(now, reason, text);
        }
    }

    private void Close()
    {
        if (_fd >= 0)
        {
            core.Hub.Unwatch(_fd);
            _ = Libc.close(_fd);
            _fd = -1;
        }
    }
}
