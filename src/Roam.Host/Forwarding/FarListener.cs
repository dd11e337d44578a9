using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>One listener of a client, at the server: each connection becomes a stream to the client. It ends with the client's stream.</summary>
internal sealed class FarListener : IStreamOwner, IConnectionTaker, IDisposable
{
    private readonly StreamHub _hub;
    private readonly ulong _id;
    private readonly ConnectionCount _count;
    private readonly Action _ended;
    private readonly Acceptor _acceptor;
    private bool _isOver;

    private FarListener(StreamHub hub, ulong id, List<int> descriptors, string? path, ConnectionCount count, Action ended)
    {
        (_hub, _id, _count, _ended) = (hub, id, count, ended);
        _acceptor = new Acceptor(hub, descriptors, path, this);
    }

    public static void Start(StreamHub hub, ulong id, List<int> descriptors, string? path, int port, ConnectionCount count, Action ended)
    {
        FarListener listener = new(hub, id, descriptors, path, count, ended);
        StreamSet streams = hub.Channels!;
        streams.Accept(id);
        streams.Write(id, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{port}\n")));
        hub.Own(id, listener);
        listener._acceptor.Start();
    }

    public void Take(Instant now, in StreamEvent e)
    {
        if (e.Event is StreamEventKind.Finished or StreamEventKind.Reset or StreamEventKind.Stopped)
        {
            _hub.Channels?.Finish(_id);
            _hub.Disown(_id);
            Dispose();
        }
    }

    public bool TryTake(Instant now, int fd, bool isTcp, string originator)
    {
        Span<byte> target = stackalloc byte[StreamLimits.TargetBytesMax];
        int length = VarInt.Write(target, _id);
        byte[] text = Encoding.UTF8.GetBytes(originator);
        int textBytes = Math.Min(text.Length, target.Length - length);
        text.AsSpan(0, textBytes).CopyTo(target[length..]);
        if (!_count.HasRoom || _hub.Channels is not { } streams || !streams.TryOpen(now, StreamKind.Accepted, target[..(length + textBytes)], out ulong id))
        {
            return false;
        }

        _count.Add();
        StreamPump.Start(_hub, id, fd, fd, new StreamPumpOptions { IsTcp = isTcp, Ended = (_, _) => _count.Remove() });
        return true;
    }

    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            _acceptor.Dispose();
            _ended();
        }
    }
}
