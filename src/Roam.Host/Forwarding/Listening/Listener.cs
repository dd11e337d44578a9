using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Listens at a place: on one address, on both loopbacks (as ssh does), on all addresses, or at a socket in the file system. It accepts only while there is room for one more connection;
/// until then they wait in the kernel.
/// </summary>
internal sealed class Listener(ForwardCore core, ForwardPlace place, IListenOwner owner) : IDescriptorOwner, ITimed, ILookupOwner, IDisposable
{
    private const string Loopback = "localhost";

    private readonly List<int> _fds = [];
    private NameLookup? _lookup;
    private string? _path;
    private bool _isOver;
    private bool _isStarved;

    /// <summary>The owner hears what came of it, within the call unless a name has to be looked up.</summary>
    public void Begin(Instant now)
    {
        if (core.Listeners >= ForwardLimits.ListenersMax)
        {
            _isOver = true;
            owner.NotListening(now, "too many listeners");
            return;
        }

        core.Listeners++;
        if (place.Path is { } path)
        {
            int fd = ForwardSockets.TryListenUnix(path);
            if (fd < 0)
            {
                Fail(now, $"{path}: {Libc.ErrorText(Libc.Errno)}");
                return;
            }

            _path = path;
            _fds.Add(fd);
            Succeed(now, 0);
            return;
        }

        if (AddressesOf(place.Host) is { } addresses)
        {
            Bind(now, addresses);
            return;
        }

        _lookup = core.Lookups.TryAsk(place.Host, place.Port, this);
        if (_lookup is null)
        {
            Fail(now, $"{place}: too many names are being looked up");
        }
    }

    public void Take(Instant now, NameLookup lookup)
    {
        _lookup = null;
        if (lookup.Addresses.Count == 0)
        {
            Fail(now, $"{place}: {lookup.Error}");
            return;
        }

        Bind(now, [.. lookup.Addresses.Select(address => SocketAddress.TextOf(address))]);
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        for (int i = 0; i < ForwardLimits.AcceptedPerTurnMax && !_isOver; i++)
        {
            if (!core.HasRoom)
            {
                Pause();
                core.Wait(this);
                return;
            }

            int connection = ForwardSockets.TryAccept(fd, isTcp: _path is null, out string originator);
            if (connection < 0)
            {
                TakeAcceptError(now, Libc.Errno);
                return;
            }

            _isStarved = false;
            core.Begin();
            owner.Accepted(now, connection, isTcp: _path is null, originator);
        }
    }

    /// <summary>After a pause without descriptors.</summary>
    public void Due(Instant now) => Resume(now);

    /// <summary>There may be room again.</summary>
    public void Resume(Instant now)
    {
        foreach (int fd in _fds)
        {
            if (!core.Hub.Watch(fd, this, read: true, write: false))
            {
                core.Hub.At(now.PlusMillis(ForwardLimits.AcceptPauseMillis), this);
            }
        }
    }

    /// <summary>Accepts no more. Connections that were accepted go on.</summary>
    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            core.Listeners--;
            Close();
        }
    }

    /// <summary>Null: a name for the resolver.</summary>
    private static List<string>? AddressesOf(string host) => host switch
    {
        "" or Loopback => ["127.0.0.1", "::1"],
        ForwardPlace.Anywhere => ["0.0.0.0", "::"],
        _ => AddressLookup.TryResolve(host, 0, Libc.AF_UNSPEC, numericOnly: true, out _, out _) ? [host] : null,
    };

    /// <summary>
    /// A family that the machine does not have is left out. A port that somebody else has on one of the addresses is an error: half of the connections would go to him.
    /// </summary>
    private void Bind(Instant now, List<string> addresses)
    {
        int port = place.Port;
        int missing = 0;
        foreach (string text in addresses)
        {
            if (!AddressLookup.TryResolve(text, port, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> address, out _))
            {
                continue;
            }

            int fd = ForwardSockets.TryListen(address[0]);
            if (fd >= 0)
            {
                _fds.Add(fd);
                port = ForwardSockets.PortOf(fd);
                continue;
            }

            int errno = Libc.Errno;
            if (errno is not (Libc.EADDRNOTAVAIL or Libc.EAFNOSUPPORT) || addresses.Count == 1)
            {
                Fail(now, $"{ForwardPlace.OfPort(text, place.Port)}: {Libc.ErrorText(errno)}");
                return;
            }

            missing = errno;
        }

        if (_fds.Count == 0)
        {
            Fail(now, $"{place}: {Libc.ErrorText(missing == 0 ? Libc.EADDRNOTAVAIL : missing)}");
            return;
        }

        Succeed(now, port);
    }

    private void Succeed(Instant now, int port)
    {
        if (core.HasRoom)
        {
            Resume(now);
        }
        else
        {
            core.Wait(this);
        }

        owner.Listening(now, port);
    }

    private void Fail(Instant now, string text)
    {
        Dispose();
        owner.NotListening(now, text);
    }

    /// <summary>EMFILE and its like would be told again and again: nothing is accepted for a while.</summary>
    private void TakeAcceptError(Instant now, int errno)
    {
        if (errno is Libc.EAGAIN or Libc.EINTR or Libc.ECONNABORTED)
        {
            return;
        }

        Pause();
        core.Hub.At(now.PlusMillis(ForwardLimits.AcceptPauseMillis), this);
        if (!_isStarved)
        {
            _isStarved = true;
            owner.Starved(now, $"{place}: connections wait: {Libc.ErrorText(errno)}");
        }
    }

    private void Pause()
    {
        foreach (int fd in _fds)
        {
            core.Hub.Unwatch(fd);
        }
    }

    private void Close()
    {
        _lookup?.IsCancelled = true;
        core.Forget(this);
        core.Hub.At(Instant.Never, this);
        Pause();
        foreach (int fd in _fds)
        {
            _ = Libc.close(fd);
        }

        _fds.Clear();
        if (_path is not null)
        {
            _ = Libc.unlink(_path);
            _path = null;
        }
    }
}
