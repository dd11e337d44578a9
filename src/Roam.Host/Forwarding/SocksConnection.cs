using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>A connection to a -D: the handshake, then a stream for what it asks for, whose answer is told in SOCKS's words, then the pump.</summary>
internal sealed unsafe class SocksConnection : IDescriptorOwner, IStreamOwner, ITimed, IDisposable
{
    private const byte GeneralFailure = 1;

    private readonly StreamHub _hub;
    private readonly ConnectionCount _count;
    private readonly SocksRequest _request = new();
    private readonly byte[] _bytes = new byte[ForwardLimits.HandshakeBytesMax];
    private readonly bool _isTcp;
    private int _fd;
    private int _length;
    private ulong _id;

    private SocksConnection(StreamHub hub, int fd, bool isTcp, ConnectionCount count) => (_hub, _fd, _isTcp, _count) = (hub, fd, isTcp, count);

    public static void Start(Instant now, StreamHub hub, int fd, bool isTcp, ConnectionCount count)
    {
        SocksConnection connection = new(hub, fd, isTcp, count);
        count.Add();
        if (hub.Watch(fd, connection, read: true, write: false))
        {
            hub.At(now.PlusMillis(ForwardLimits.HandshakeMillis), connection);
        }
        else
        {
            connection.End();
        }
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        nint length;
        fixed (byte* room = &_bytes[_length])
        {
            length = Libc.read(_fd, room, _bytes.Length - _length);
        }

        if (length <= 0)
        {
            if (length == 0 || Libc.Errno is not (Libc.EAGAIN or Libc.EINTR))
            {
                End();
            }

            return;
        }

        _length += (int)length;
        TakeBytes(now);
    }

    /// <summary>It took too long to say what it wants.</summary>
    public void Due(Instant now) => End();

    public void Take(Instant now, in StreamEvent e)
    {
        switch (e.Event)
        {
            case StreamEventKind.Accepted:
                Begin();
                break;
            case StreamEventKind.Refused:
                StreamRefusal refusal = _hub.Channels!.RefusalOf(_id, out string text);
                Say(_request.Reply(ConnectFailure.SocksReplyOf(refusal, text)));
                End();
                break;
            case StreamEventKind.Reset:
                Say(_request.Reply(GeneralFailure));
                End();
                break;
        }
    }

    public void Dispose() => End();

    private void TakeBytes(Instant now)
    {
        ReadOnlySpan<byte> rest = _bytes.AsSpan(0, _length);
        SocksState state;
        do
        {
            state = _request.Take(ref rest);
            Say(_request.Answer);
        }
        while (state == SocksState.Greeted);
        int left = rest.Length;
        rest.CopyTo(_bytes);
        _length = left;
        if (state == SocksState.Complete)
        {
            Open(now, _request.Target!);
        }
        else if (state == SocksState.Bad || _length == _bytes.Length)
        {
            End();
        }
    }

    private void Open(Instant now, ForwardTarget target)
    {
        // It waits as long as the far end, or the network, needs: no deadline any more.
        _hub.At(Instant.Never, this);
        _hub.Unwatch(_fd);
        if (_hub.Channels is not { } streams || !streams.TryOpen(now, StreamKind.Connect, Encoding.UTF8.GetBytes(target.Text), out _id))
        {
            Say(_request.Reply(GeneralFailure));
            End();
            return;
        }

        _hub.Own(_id, this);

        // Who does not wait for the answer has sent this already.
        streams.Write(_id, _bytes.AsSpan(0, _length));
    }

    private void Begin()
    {
        Say(_request.Reply(0));
        int fd = _fd;
        _fd = -1;
        StreamPump.Start(_hub, _id, fd, fd, new StreamPumpOptions { IsTcp = _isTcp, Ended = (_, _) => _count.Remove() });
    }

    /// <summary>Some bytes into an empty socket buffer: they fit.</summary>
    private void Say(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            _ = bytes.IsEmpty ? 0 : Libc.write(_fd, start, bytes.Length);
        }
    }

    private void End()
    {
        if (_fd >= 0)
        {
            _hub.At(Instant.Never, this);
            _hub.Unwatch(_fd);
            _ = Libc.close(_fd);
            _fd = -1;
            _count.Remove();
        }
    }
}
