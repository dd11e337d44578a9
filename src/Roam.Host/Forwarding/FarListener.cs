using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>A listener of the client's: its stream says the port, and the end of the stream is its end. Each connection becomes a stream to the client.</summary>
internal sealed class FarListener : IListenOwner, IStreamOwner, IDisposable
{
    private readonly ForwardCore _core;
    private readonly ulong _id;
    private readonly Listener _listener;

    private FarListener(ForwardCore core, ulong id, ForwardPlace place)
    {
        (_core, _id) = (core, id);
        _listener = new Listener(core, place, this);
    }

    public static void Begin(Instant now, ForwardCore core, ulong id, ForwardPlace place)
    {
        FarListener listener = new(core, id, place);
        core.Hub.Own(id, listener);
        listener._listener.Begin(now);
    }

    public void Listening(Instant now, int port)
    {
        _core.Hub.Channels?.Accept(_id);
        _core.Hub.Channels?.Write(_id, Encoding.ASCII.GetBytes(port.ToString(CultureInfo.InvariantCulture) + "\n"));
    }

    public void NotListening(Instant now, string text)
    {
        _core.Hub.Disown(_id);
        _core.Hub.Channels?.Refuse(_id, StreamRefusal.Failed, text);
    }

    public void Accepted(Instant now, int fd, bool isTcp, string originator)
    {
        byte[] target = new byte[VarInt.BytesMax + Encoding.UTF8.GetMaxByteCount(originator.Length)];
        int length = VarInt.Write(target, _id);
        length += Encoding.UTF8.GetBytes(originator, target.AsSpan(length));
        _core.Opener.Open(now, new AcceptedConnection(_core, fd, isTcp, StreamKind.Accepted, target[..length], ended: null));
    }

    public void Starved(Instant now, string text)
    {
        // Nobody is told: the client's user cannot help it, and the connections wait.
    }

    public void Take(Instant now, in StreamEvent e)
    {
        switch (e.Event)
        {
            case StreamEventKind.Readable:
                _core.Hub.Channels?.Consume(_id, _core.Hub.Channels.Peek(_id).Length);
                break;
            case StreamEventKind.Finished:
            case StreamEventKind.Stopped:
                _core.Hub.Channels?.Reset(_id);
                _core.Hub.Disown(_id);
                _listener.Dispose();
                break;
            case StreamEventKind.Reset:
                _listener.Dispose();
                break;
        }
    }

    public void Dispose() => _listener.Dispose();
}
