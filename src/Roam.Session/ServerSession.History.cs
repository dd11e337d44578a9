using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>Lines that left the screen, on their way to the client: what is due goes into the stream before datagrams are made, and at the end of the session it is waited for.</summary>
public sealed partial class ServerSession
{
    /// <summary>The last lines of a session may take so long; then it ends without them, and the client says what is missing.</summary>
    public const int LastLinesMillis = 1000;

    private readonly ICompressor _compressor;
    private HistorySender? _history;
    private SelectionSender? _selections;

    /// <summary>The end is put off until then.</summary>
    private Instant _endsAt = Instant.Never;

    /// <summary>The lines that have left the screen; null: none are kept.</summary>
    public HistoryLog? History => _emulator.History;

    private void WelcomeToStreams(FeatureSet common)
    {
        _connection.UsesStreams = common.Has(Feature.Streams);
        _hasChannels = common.Has(Feature.Streams) && common.Has(Feature.Channels);
        _local.TellsLines = common.Has(Feature.History) && common.Has(Feature.Streams);
        if (_local.TellsLines && _connection.Streams is { } streams)
        {
            _history = new HistorySender(streams, _emulator.History!, _compressor);
            _workspace.ShownLines = new ShownLines(_emulator.History!, _history);
        }

        if (_local.HasExtras && _connection.Streams is { } others)
        {
            _selections = new SelectionSender(others);
        }
    }

    private void TakeStreamEvents(Instant now)
    {
        while (_connection.Streams is { } streams && streams.PollEvent(out StreamEvent e))
        {
            if (e is { Event: StreamEventKind.Opened, Kind: StreamKind.History } && _history is not null)
            {
                _history.Open(now, e.Id);
            }
            else if (e.Event == StreamEventKind.Opened)
            {
                // Nothing else is served yet.
                streams.Reset(e.Id);
            }
            else if (e.Event == StreamEventKind.Reset && _history?.Serves(e.Id) == true)
            {
                _history.Close();
            }
            else if (e.Event == StreamEventKind.Reset && _selections?.Serves(e.Id) == true)
            {
                _selections.Close();
            }
        }
    }

    private void FeedSelections(Instant now)
    {
        if (_selections is not null)
        {
            _selections.Look(_local.Screen.Extras.Selections);
            _selections.Feed(now);
        }
    }

    private void FeedStreams(Instant now)
    {
        TakeStreamEvents(now);
        RefuseChannels();
        FeedSelections(now);
        if (_history is null)
        {
            return;
        }

        _history.Feed(now, _connection.HasRoundTrip ? _connection.SrttMillis : 0);
        if (_endsAt != Instant.Never && (now >= _endsAt || !_history.IsBehind))
        {
            _endsAt = Instant.Never;
            _connection.Shutdown(now);
        }
    }

    /// <summary>True: the end waits for the last lines. A client that is away is not waited for.</summary>
    private bool PutsOffEnd(Instant now)
    {
        if (_history is not { IsBehind: true } || _connection.IsShuttingDown || !_isPresent)
        {
            return false;
        }

        _history.Hurry(now);
        _endsAt = Instant.Min(_endsAt, now.PlusMillis(LastLinesMillis));
        return true;
    }
}
