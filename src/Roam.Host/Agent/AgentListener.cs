using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// The server's end of agent forwarding: a socket of this user's alone, at one path as long as the session lives, whichever client and network is there. Each connection becomes a
/// stream to the client, which asks its own agent. No client, or one that lends none: the program sees its connection end at once.
/// </summary>
internal sealed class AgentListener : IDescriptorOwner, IDisposable
{
    /// <summary>For programs: where to ask.</summary>
    public const string Variable = "SSH_AUTH_SOCK";

    /// <summary>Connections at once; those beyond are closed. While the client is away they wait.</summary>
    public const int ConnectionsMax = 64;

    private const int AcceptedPerTurnMax = 8;

    private readonly StreamHub _hub;
    private readonly int _fd;
    private readonly StreamPumpOptions _pump;
    private int _connections;

    private AgentListener(StreamHub hub, int fd, string path)
    {
        _hub = hub;
        _fd = fd;
        Path = path;
        _pump = new StreamPumpOptions { Ended = (_, _) => _connections-- };
        hub.Watch(fd, this, read: true, write: false);
    }

    public string Path { get; }

    /// <summary>Null: the error says why there is none.</summary>
    /// <param name="hub">Of the session.</param>
    /// <param name="directory">Where sockets are; null: nowhere.</param>
    /// <param name="session">The session's name.</param>
    /// <param name="error">For the user.</param>
    public static AgentListener? TryOpen(StreamHub hub, string? directory, string session, out string error)
    {
        error = "";
        if (directory is null || !ControlDirectory.TryCreate(directory))
        {
            error = $"{directory ?? "XDG_RUNTIME_DIR"} cannot be used: {Libc.ErrorText(Libc.Errno)}";
            return null;
        }

        string path = ControlDirectory.SocketOf(directory, session, ControlDirectory.AgentSuffix);
        int fd = UnixSocket.TryListen(path);
        if (fd < 0)
        {
            error = $"{path}: {Libc.ErrorText(Libc.Errno)}";
            return null;
        }

        return new AgentListener(hub, fd, path);
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        for (int i = 0; i < AcceptedPerTurnMax; i++)
        {
            int connection = UnixSocket.TryAccept(_fd);
            if (connection < 0)
            {
                return;
            }

            if (_connections < ConnectionsMax && _hub.Channels is { } channels && channels.TryOpen(now, StreamKind.Agent, default, out ulong id))
            {
                // What the program asks goes along with the opening. A client that refuses ends the connection.
                _connections++;
                StreamPump.Start(_hub, id, connection, connection, _pump);
            }
            else
            {
                _ = Libc.close(connection);
            }
        }
    }

    public void Dispose()
    {
        _hub.Unwatch(_fd);
        _ = Libc.close(_fd);
        _ = Libc.unlink(Path);
    }
}
