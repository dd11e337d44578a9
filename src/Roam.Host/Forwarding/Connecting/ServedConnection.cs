using Roam.Transport;

namespace Roam.Host;

/// <summary>A stream of the peer for which a connection is made here: accepted or refused when that is decided.</summary>
internal sealed class ServedConnection : IConnectOwner, IStreamOwner, IDisposable
{
    private readonly ForwardCore _core;
    private readonly ulong _id;
    private readonly Action<Instant, StreamRefusal, string>? _failed;
    private readonly Connector _connector;

    private ServedConnection(ForwardCore core, ulong id, ForwardPlace place, Action<Instant, StreamRefusal, string>? failed)
    {
        (_core, _id, _failed) = (core, id, failed);
        _connector = new Connector(core, place, this);
    }

    /// <param name="now">The time of the loop turn.</param>
    /// <param name="core">Of this end.</param>
    /// <param name="id">Of the stream.</param>
    /// <param name="place">To connect to.</param>
    /// <param name="failed">Hears why there is no connection; the peer hears it in any case.</param>
    public static void Begin(Instant now, ForwardCore core, ulong id, ForwardPlace place, Action<Instant, StreamRefusal, string>? failed = null)
    {
        if (core.Connections >= ForwardLimits.ConnectionsMax)
        {
            core.Hub.Channels?.Refuse(id, StreamRefusal.TooMany, "too many forwarded connections");
            failed?.Invoke(now, StreamRefusal.TooMany, "too many forwarded connections");
            return;
        }

        core.Begin();
        ServedConnection connection = new(core, id, place, failed);
        core.Hub.Own(id, connection);
        connection._connector.Begin(now);
    }

    public void Connected(Instant now, int fd, bool isTcp)
    {
        _core.Hub.Channels?.Accept(_id);
        _core.Pump(_id, fd, isTcp);
    }

    public void Failed(Instant now, StreamRefusal reason, string text)
    {
        _core.Hub.Disown(_id);
        _core.Hub.Channels?.Refuse(_id, reason, text);
        _failed?.Invoke(now, reason, text);
        _core.End(now);
    }

    public void Take(Instant now, in StreamEvent e)
    {
        // Bytes and ends wait in the stream for the pump.
        if (e.Event == StreamEventKind.Reset)
        {
            _connector.Cancel();
            _core.End(now);
        }
    }

    public void Dispose() => _connector.Cancel();
}
