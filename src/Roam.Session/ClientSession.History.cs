using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>Lines that left the screen: they come in a stream, wait here in order, and the host commits them to the terminal's scrollback.</summary>
public sealed partial class ClientSession
{
    /// <summary>Lines alone, without a new picture, are shown so long after they came: each showing costs a repaint.</summary>
    public const int LinesWaitMillis = 60;

    /// <summary>... unless so many wait.</summary>
    private const int LinesAtOnce = 200;

    private readonly ICompressor _compressor;
    private readonly bool _wantsHistory;
    private HistoryReceiver? _receiver;
    private Instant _linesDue = Instant.Never;

    /// <summary>The lines that have come and are not committed: the host gives them to the painter with each frame, which takes off what it has committed.</summary>
    public PendingHistory History { get; } = new();

    /// <summary>The server keeps lines and sends them: known when the first frame can be painted.</summary>
    public bool HasHistory => _receiver is not null;

    private void WelcomeToHistory(Instant now, FeatureSet common)
    {
        _connection.UsesStreams = common.Has(Feature.Streams);
        _hasChannels = common.Has(Feature.Streams) && common.Has(Feature.Channels);
        if (_wantsHistory && common.Has(Feature.History) && _connection.Streams is { } streams)
        {
            _receiver = new HistoryReceiver(streams, _compressor, History);
            _receiver.Open(now);
            _workspace.Lines = History;
        }
    }

    /// <summary>Takes what has come, as far as there is room: after each datagram, and when the host has committed some.</summary>
    public void ReadHistory(Instant now)
    {
        while (_connection.Streams is { } streams && streams.PollEvent(out StreamEvent e))
        {
            if (e is { Event: StreamEventKind.Opened, Kind: StreamKind.Selections } && _selections is not null)
            {
                _selections.Open(e.Id);
            }
            else if (e.Event == StreamEventKind.Opened)
            {
                // No server has a reason to.
                streams.Reset(e.Id);
            }
        }

        RefuseChannels();
        if (_receiver?.Read() == true)
        {
            _linesDue = History.Count >= LinesAtOnce ? now : Instant.Min(_linesDue, now.PlusMillis(LinesWaitMillis));
        }
    }

    /// <summary>When a picture is due for the sake of lines alone; Never while there is none that could be committed under the newest picture.</summary>
    public Instant NextLines => History.Count != 0 && History.Next < _connection.Remote.Screen.LinesAbove ? _linesDue : Instant.Never;

    /// <summary>The painter has committed what it could in one go; there may be room for more lines now, and more to commit at once.</summary>
    public void LinesPainted(Instant now, bool hasMore)
    {
        ReadHistory(now);
        if (hasMore)
        {
            _linesDue = now;
        }
    }

    /// <summary>The newest picture of the server, without guesses and without the bar: what stays on the terminal at the end. Null before there is one. Valid until the next call of any method.</summary>
    public Screen? LastPicture => EverHeard ? _connection.Remote.Screen : null;
}
