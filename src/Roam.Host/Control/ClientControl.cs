using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// A client's control socket, of this user's alone: `roam forward` says a line there and gets "ok" or "error why" and what there is to say. The line that is typed after the escape
/// key goes the same way. Never blocks; a client without a place for the socket goes on without it.
/// </summary>
internal sealed class ClientControl : IDescriptorOwner, ITimed, IDisposable
{
    /// <summary>Questions at a time; others are closed.</summary>
    public const int ConnectionsMax = 4;

    /// <summary>A server that is away cannot say whether it listens; nobody waits longer to be told so.</summary>
    public const int PatienceMillis = 10_000;

    /// <summary>How often an answer that takes a round trip is looked for.</summary>
    private const int LookMillis = 20;

    private readonly StreamHub _hub;
    private readonly IForwardings _forwardings;
    private readonly string _description;
    private readonly Action<string> _tell;
    private readonly string? _path;
    private readonly int _listener = -1;
    private readonly List<ClientControlConnection> _connections = new(ConnectionsMax);
    private IForwardAnswer? _typed;
    private Instant _typedUntil;

    /// <param name="hub">Of the session.</param>
    /// <param name="forwardings">What is told to change.</param>
    /// <param name="directory">Where sockets are; null: nowhere.</param>
    /// <param name="name">The client's.</param>
    /// <param name="description">What tells the user this client from others.</param>
    /// <param name="tell">Shows a sentence in the bar.</param>
    public ClientControl(StreamHub hub, IForwardings forwardings, string? directory, string name, string description, Action<string> tell)
    {
        _hub = hub;
        _forwardings = forwardings;
        _description = description;
        _tell = tell;
        if (directory is not null && ControlDirectory.TryCreate(directory))
        {
            _path = ControlDirectory.SocketOf(directory, name, ControlDirectory.ClientSuffix);
            _listener = UnixSocket.TryListen(_path);
            if (_listener >= 0)
            {
                hub.Watch(_listener, this, read: true, write: false);
            }
        }
    }

    public bool IsListening => _listener >= 0;

    /// <summary>A line from the keyboard.</summary>
    public void Type(Instant now, string line)
    {
        _typed = Do(now, line);
        _typedUntil = now.PlusMillis(PatienceMillis);
        Due(now);
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        if (fd == _listener)
        {
            Accept();
            return;
        }

        ClientControlConnection? connection = _connections.Find(c => c.Fd == fd);
        if (connection is null)
        {
            _hub.Unwatch(fd);
            return;
        }

        if (readable && connection.TryRead(out string line))
        {
            connection.Answer = line == RunningClients.WhoQuestion ? new SettledAnswer(true, _description) : Do(now, line);
            connection.Until = now.PlusMillis(PatienceMillis);
        }

        Due(now);
    }

    /// <summary>Hands on the answers that have come.</summary>
    public void Due(Instant now)
    {
        bool isWaiting = false;
        for (int i = _connections.Count - 1; i >= 0; i--)
        {
            ClientControlConnection connection = _connections[i];
            isWaiting |= connection.Turn(now);
            if (connection.IsOver)
            {
                _hub.Unwatch(connection.Fd);
                connection.Dispose();
                _connections.RemoveAt(i);
            }
            else
            {
                _hub.Watch(connection.Fd, this, read: connection.Answer is null, write: connection.HasText);
            }
        }

        if (_typed is not null && (_typed.IsGood is not null || now >= _typedUntil))
        {
            _tell(_typed.Text.Replace("\n", "; ", StringComparison.Ordinal));
            _typed = null;
        }

        _hub.At(isWaiting || _typed is not null ? now.PlusMillis(LookMillis) : Instant.Never, this);
    }

    public void Dispose()
    {
        foreach (ClientControlConnection connection in _connections)
        {
            _hub.Unwatch(connection.Fd);
            connection.Dispose();
        }

        _connections.Clear();
        if (_listener >= 0)
        {
            _hub.Unwatch(_listener);
            _ = Libc.close(_listener);
            _ = Libc.unlink(_path!);
        }
    }

    private IForwardAnswer Do(Instant now, string line) =>
        !ForwardCommand.TryParse(line, out ForwardCommand command, out string error) ? new SettledAnswer(false, error)
        : command.Verb == ForwardVerb.Help ? new SettledAnswer(true, ForwardCommand.Usage)
        : _forwardings.Do(now, command);

    private void Accept()
    {
        int fd = UnixSocket.TryAccept(_listener);
        if (fd < 0)
        {
            return;
        }

        if (_connections.Count == ConnectionsMax)
        {
            _ = Libc.close(fd);
            return;
        }

        _connections.Add(new ClientControlConnection(fd));
        _hub.Watch(fd, this, read: true, write: false);
    }
}
