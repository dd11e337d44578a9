using Roam.Transport;

namespace Roam.Host;

/// <summary>The client's end of agent forwarding: connects the server's stream to the agent here, if the user lent it. Without that a server gets nothing, whatever it opens.</summary>
internal sealed class AgentServer : IStreamServer
{
    /// <summary>Connections to the agent at once; more than any program needs, and few enough that a server cannot take all descriptors.</summary>
    public const int ConnectionsMax = 64;

    private readonly StreamHub _hub;
    private readonly string? _path;
    private readonly StreamPumpOptions _pump;
    private int _connections;

    /// <param name="hub">Of the session.</param>
    /// <param name="path">The agent's socket; null: it is not lent.</param>
    public AgentServer(StreamHub hub, string? path)
    {
        (_hub, _path) = (hub, path);
        _pump = new StreamPumpOptions { Ended = (_, _) => _connections-- };
    }

    public void Serve(Instant now, ulong id, StreamKind kind)
    {
        if (_hub.Channels is not { } channels)
        {
            return;
        }

        if (_path is null)
        {
            channels.Refuse(id, StreamRefusal.Forbidden, "the client lends no agent");
            return;
        }

        if (_connections >= ConnectionsMax)
        {
            channels.Refuse(id, StreamRefusal.TooMany, "too many connections to the agent");
            return;
        }

        int fd = UnixSocket.TryConnectNow(_path);
        if (fd < 0)
        {
            channels.Refuse(id, StreamRefusal.Failed, "no agent answers at the client");
            return;
        }

        channels.Accept(id);
        _connections++;
        StreamPump.Start(_hub, id, fd, fd, _pump);
    }
}
