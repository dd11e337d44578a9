using Roam.Transport;

namespace Roam.Host;

/// <summary>A stream that the peer opened for a connection, while that is being made: then it is accepted and pumped, or refused with the reason.</summary>
internal sealed class ServedConnection : IStreamOwner, IConnectWaiter, IDisposable
{
    private readonly StreamHub _hub;
    private readonly ulong _id;
    private readonly ForwardTarget _target;
    private readonly ConnectionCount _count;
    private readonly Action<string>? _failed;
    private readonly Connector _connector;

    private ServedConnection(StreamHub hub, NameLookups lookups, ulong id, ForwardTarget target, ConnectionCount count, Action<string>? failed)
    {
        (_hub, _id, _target, _count, _failed) = (hub, id, target, count, failed);
        _connector = new Connector(hub, lookups, target, this);
    }

    /// <param name="now">The time of the turn.</param>
    /// <param name="hub">Of the loop.</param>
    /// <param name="lookups">Of the same.</param>
    /// <param name="id">The stream.</param>
    /// <param name="target">Where to connect.</param>
    /// <param name="count">The connection counts there until its end.</param>
    /// <param name="failed">Told in words when it cannot be made.</param>
    public static void Start(Instant now, StreamHub hub, NameLookups lookups, ulong id, ForwardTarget target, ConnectionCount count, Action<string>? failed = null)
    {
        if (!count.HasRoom)
        {
            hub.Channels?.Refuse(id, StreamRefusal.TooMany, "Too many forwarded connections are open there.");
            return;
        }

        count.Add();
        ServedConnection connection = new(hub, lookups, id, target, count, failed);
        hub.Own(id, connection);
        connection._connector.Start(now);
    }

    public void Take(Instant now, in StreamEvent e)
    {
        // What else happens waits in the stream until the pump has it.
        if (e.Event == StreamEventKind.Reset)
        {
            _connector.Cancel();
            _count.Remove();
        }
    }

    public void Connected(Instant now, int fd, bool isTcp)
    {
        _hub.Channels?.Accept(_id);
        StreamPump.Start(_hub, _id, fd, fd, new StreamPumpOptions { IsTcp = isTcp, Ended = (_, _) => _count.Remove() });
    }

    public void Failed(Instant now, string reason)
    {
        string text = $"{_target.Shown}: {reason}";
        _hub.Channels?.Refuse(_id, StreamRefusal.Failed, text);
        _hub.Disown(_id);
        _count.Remove();
        _failed?.Invoke(text);
    }

    public void Dispose() => _connector.Cancel();
}
