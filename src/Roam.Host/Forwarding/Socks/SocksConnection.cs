using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>-D: a client of ours says where it wants to go; then a stream is opened, the client is told what came of it, and bytes are moved.</summary>
internal sealed unsafe class SocksConnection : IDescriptorOwner, ITimed, IOpening, IStreamOwner, IDisposable
{
    private readonly ForwardCore _core;
    private readonly Action<Instant, string, StreamRefusal, string> _refused;
    private readonly SocksReader _reader = new();
    private readonly byte[] _bytes = new byte[ForwardLimits.SocksBytesMax];
    private readonly bool _isTcp;
    private int _fd;
    private int _start;
    private int _end;
    private ulong _id;

    /// <param name="core">Of this end.</param>
    /// <param name="fd">The connection.</param>
    /// <param name="isTcp">It has a reset.</param>
    /// <param name="refused">Hears of what the other end refuses: the place, why, and its text.</param>
    private SocksConnection(ForwardCore core, int fd, bool isTcp, Action<Instant, string, StreamRefusal, string> refused)
    {
        (_core, _fd, _isTcp, _refused) = (core, fd, isTcp, refused);
    }

    public static void Begin(Instant now, ForwardCore core, int fd, bool isTcp, Action<Instant, string, StreamRefusal, string> refused)
    {
        SocksConnection connection = new(core, fd, isTcp, refused);
        if (core.Hub.Watch(fd, connection, read: true, write: false))
        {
            core.Hub.At(now.PlusMillis(ForwardLimits.SocksMillisMax), connection);
        }
        else
        {
            connection.Close(now);
        }
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        nint length;
        fixed (byte* start = _bytes)
        {
            length = Libc.read(fd, start + _end, _bytes.Length - _end);
        }

        if (length <= 0)
        {
            if (length == 0 || Libc.Errno is not (Libc.EAGAIN or Libc.EINTR))
            {
                Close(now);
            }

            return;
        }

        _end += (int)length;
        Read(now);
    }

    /// <summary>It took too long to say what it wants.</summary>
    public void Due(Instant now) => Close(now);

    public bool TryOpen(Instant now)
    {
        if (_core.Hub.Channels is not { } channels || !channels.TryOpen(now, StreamKind.Connect, Encoding.UTF8.GetBytes(_reader.Place.ToWire()), out _id))
        {
            return false;
        }

        _core.Hub.Own(_id, this);
        return true;
    }

    public void Abandon() => Dispose();

    public void Take(Instant now, in StreamEvent e)
    {
        switch (e.Event)
        {
            case StreamEventKind.Accepted:
                Go(now);
                break;
            case StreamEventKind.Refused:
                StreamRefusal reason = _core.Hub.Channels!.RefusalOf(_id, out string text);
                _refused(now, _reader.Place.ToString(), reason, text);
                Refuse(now, reason);
                break;
            case StreamEventKind.Reset:
                Refuse(now, StreamRefusal.Failed);
                break;
        }
    }

    public void Dispose()
    {
        if (_fd >= 0)
        {
            _core.Hub.Unwatch(_fd);
            _ = Libc.close(_fd);
            _fd = -1;
        }
    }

    private void Read(Instant now)
    {
        while (true)
        {
            SocksStep step = _reader.Take(_bytes.AsSpan(_start, _end - _start), out int used);
            _start += used;
            switch (step)
            {
                case SocksStep.More when _end < _bytes.Length:
                    return;
                case SocksStep.Answer when TrySay():
                    break;
                case SocksStep.Ask:
                    // What the client says before it hears of the connection stays where it is.
                    _core.Hub.Unwatch(_fd);
                    _core.Hub.At(Instant.Never, this);
                    _core.Opener.Open(now, this);
                    return;
                default:
                    _ = TrySay();
                    Close(now);
                    return;
            }
        }
    }

    private void Go(Instant now)
    {
        _reader.Conclude(null);
        if (!TrySay())
        {
            _core.Hub.Channels?.Reset(_id);
            _core.Hub.Disown(_id);
            Close(now);
            return;
        }

        _ = _core.Hub.Channels!.Write(_id, _bytes.AsSpan(_start, _end - _start));
        int fd = _fd;
        _fd = -1;
        _core.Pump(_id, fd, _isTcp);
    }

    private void Refuse(Instant now, StreamRefusal reason)
    {
        _reader.Conclude(reason);
        _ = TrySay();
        Close(now);
    }

    /// <summary>A few bytes into an empty queue: they fit, or the connection is broken.</summary>
    private bool TrySay()
    {
        ReadOnlySpan<byte> reply = _reader.Reply;
        fixed (byte* start = reply)
        {
            return reply.IsEmpty || Libc.write(_fd, start, reply.Length) == reply.Length;
        }
    }

    private void Close(Instant now)
    {
        _core.Hub.At(Instant.Never, this);
        if (_fd >= 0)
        {
            // Unread bytes would turn the end into a reset, which may overtake the reply (RFC 1122, section 4.2.2.13).
            fixed (byte* rest = _bytes)
            {
                _ = Libc.read(_fd, rest, _bytes.Length);
            }
        }

        Dispose();
        _core.End(now);
    }
}
