using Roam.Terminal;

namespace Roam.Host;

/// <summary>The server's control socket: `roam history` asks there, and `roam carry` brings a client's datagrams. Part of the loop's poll; a session without a place for it goes on without it.</summary>
internal sealed class ControlServer : IDisposable
{
    /// <summary>Questions at a time; others wait in the socket's queue.</summary>
    public const int ConnectionsMax = 4;

    /// <summary>Slots of a poll: the listener, the connections, and those that became a client's way.</summary>
    public const int SlotCount = FirstCarriedSlot + CarriedPeers.CountMax;

    private const int FirstCarriedSlot = 1 + ConnectionsMax;

    private readonly List<ControlConnection> _connections = new(ConnectionsMax);
    private readonly string? _path;
    private int _listener = -1;

    /// <param name="directory">Where sockets are; null: nowhere.</param>
    /// <param name="session">The session's name.</param>
    public ControlServer(string? directory, string session)
    {
        if (directory is not null && ControlDirectory.TryCreate(directory))
        {
            _path = ControlDirectory.SocketOf(directory, session);
            _listener = UnixSocket.TryListen(_path);
        }
    }

    /// <summary>The clients that ssh carries here.</summary>
    public CarriedPeers Carried { get; } = new();

    public bool IsListening => _listener >= 0;

    /// <summary>A negative descriptor is skipped by poll.</summary>
    public void Fill(Span<Libc.PollFd> slots)
    {
        slots[0] = new Libc.PollFd { Fd = _connections.Count < ConnectionsMax ? _listener : -1, Events = Libc.POLLIN };
        for (int i = 0; i < ConnectionsMax; i++)
        {
            slots[1 + i] = i < _connections.Count ? new Libc.PollFd { Fd = _connections[i].Fd, Events = _connections[i].Events } : new Libc.PollFd { Fd = -1 };
        }

        Carried.Fill(slots[FirstCarriedSlot..]);
    }

    public void Handle(ReadOnlySpan<Libc.PollFd> slots, HistoryLog? log)
    {
        Carried.Note(slots[FirstCarriedSlot..]);
        for (int i = _connections.Count - 1; i >= 0; i--)
        {
            if (slots[1 + i].Revents != 0)
            {
                ControlConnection connection = _connections[i];
                connection.Handle(log);
                if (connection.IsCarrier)
                {
                    _connections.RemoveAt(i);
                    Carried.Add(connection.Fd, connection.Rest);
                }
                else if (connection.IsOver)
                {
                    connection.Dispose();
                    _connections.RemoveAt(i);
                }
            }
        }

        if (slots[0].Revents != 0 && UnixSocket.TryAccept(_listener) is >= 0 and int fd)
        {
            _connections.Add(new ControlConnection(fd));
        }
    }

    public void Dispose()
    {
        foreach (ControlConnection connection in _connections)
        {
            connection.Dispose();
        }

        _connections.Clear();
        Carried.Dispose();
        if (_listener >= 0)
        {
            _ = Libc.close(_listener);
            _ = Libc.unlink(_path!);
            _listener = -1;
        }
    }
}
