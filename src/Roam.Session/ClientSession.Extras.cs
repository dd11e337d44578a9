using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>Screen extras: what the user's terminal is goes to the server, and what did not fit on the way back is said.</summary>
public sealed partial class ClientSession
{
    private bool _hasExtras;
    private ClientTerminal _toldTerminal = ClientTerminal.Unknown;
    private ulong _refusals;
    private SelectionReceiver? _selections;

    /// <summary>What is known of the user's terminal.</summary>
    public ClientTerminal Terminal { get; private set; } = ClientTerminal.Unknown;

    /// <summary>
    /// The user's terminal answered, or has changed; it may come at any time after the start, or never. The server hears of it when it is known to listen, as one of the user's events,
    /// so reliably and in order.
    /// </summary>
    public void HandleTerminal(Instant now, ClientTerminal terminal)
    {
        Terminal = terminal;
        TellTerminal(now);
    }

    /// <summary>At the limit of what may wait it is tried again with the next datagram that comes.</summary>
    private void TellTerminal(Instant now)
    {
        bool isNews = _hasExtras && Terminal != _toldTerminal && !_connection.IsShuttingDown;
        if (isNews && _log.TerminalCount < UserLog.TerminalsSentMax && _log.TryAppendTerminal(TerminalCodec.Encode(Terminal)))
        {
            _toldTerminal = Terminal;
            NoteChange(now);
        }
    }

    /// <summary>Long texts of selections come in a stream, which the server opens for the first of them.</summary>
    private void WelcomeToSelections()
    {
        if (_hasExtras && _connection.Streams is { } streams)
        {
            _selections = new SelectionReceiver(streams);
        }
    }

    private void ReadSelections()
    {
        if (_selections?.Read() == true)
        {
            _screen.MarkChanged();
        }
    }

    private void TakeRefusal()
    {
        Refusal refusal = _connection.Remote.Screen.Extras.Refusal;
        if (refusal.Count == _refusals)
        {
            return;
        }

        _refusals = refusal.Count;
        switch (refusal.What)
        {
            case RefusedExtra.Selection:
                _screen.SetNotice("A text for the clipboard was longer than 1 MiB: it was not copied.");
                break;
            case RefusedExtra.Notification:
                _screen.SetNotice("A notification was too long: it is not shown.");
                break;
        }
    }
}
