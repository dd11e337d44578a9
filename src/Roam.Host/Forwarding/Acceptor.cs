using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>Accepts the connections of one forward. At a limit, or when the system has no descriptor left, it rests: callers wait in the kernel's queue, and the loop does not turn for nothing.</summary>
internal sealed unsafe class Acceptor(StreamHub hub, List<int> descriptors, string? path, IConnectionTaker taker) : IDescriptorOwner, ITimed, IDisposable
{
    private int _held = -1;
    private string _heldOriginator = "";

    private bool IsTcp => path is null;

    /// <summary>Until then callers wait in the kernel's queue.</summary>
    public void Start()
    {
        foreach (int fd in descriptors)
        {
            _ = hub.Watch(fd, this, read: true, write: false);
        }
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        byte* address = stackalloc byte[SocketAddress.BytesMax];
        for (int i = 0; i < ForwardLimits.AcceptsPerTurnMax && _held < 0; i++)
        {
            uint length = SocketAddress.BytesMax;
            int connection = Libc.accept4(fd, address, &length, Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC);
            if (connection < 0)
            {
                if (Libc.Errno is Libc.EMFILE or Libc.ENFILE or Libc.ENOBUFS or Libc.ENOMEM)
                {
                    Rest(now);
                }

                return;
            }

            _ = IsTcp && Libc.SetOption(connection, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, 1);
            string originator = IsTcp ? TextOf(new ReadOnlySpan<byte>(address, (int)Math.Min(length, SocketAddress.BytesMax))) : path!;
            if (!taker.TryTake(now, connection, IsTcp, originator))
            {
                (_held, _heldOriginator) = (connection, originator);
                Rest(now);
            }
        }
    }

    public void Due(Instant now)
    {
        if (_held >= 0 && !taker.TryTake(now, _held, IsTcp, _heldOriginator))
        {
            Rest(now);
            return;
        }

        _held = -1;
        hub.At(Instant.Never, this);
        Start();
    }

    public void Dispose()
    {
        hub.At(Instant.Never, this);
        foreach (int fd in descriptors)
        {
            hub.Unwatch(fd);
            _ = Libc.close(fd);
        }

        if (path is not null && descriptors.Count > 0)
        {
            _ = Libc.unlink(path);
        }

        descriptors.Clear();
        if (_held >= 0)
        {
            _ = Libc.close(_held);
            _held = -1;
        }
    }

    private static string TextOf(ReadOnlySpan<byte> sockaddr)
    {
        StringBuilder text = new();
        string host = SocketAddress.TextOf(sockaddr);
        text.Append(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host);
        return text.Append(':').Append(SocketAddress.PortOf(sockaddr).ToString(CultureInfo.InvariantCulture)).ToString();
    }

    private void Rest(Instant now)
    {
        foreach (int fd in descriptors)
        {
            hub.Unwatch(fd);
        }

        hub.At(now.PlusMillis(ForwardLimits.RestMillis), this);
    }
}
