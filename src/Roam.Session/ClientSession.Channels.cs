using Roam.Transport;

namespace Roam.Session;

/// <summary>Channels: streams that the host serves. Without a host that asks for them the server's are refused.</summary>
public sealed partial class ClientSession : IChannelSource
{
    private const long NotifyMicros = 5_000_000;

    private bool _hasChannels;

    public StreamSet? Channels => _hasChannels ? _connection.Streams : null;

    /// <summary>The server has been heard, and it has no channels: stock's, or an older one.</summary>
    public bool LacksChannels => EverHeard && !_hasChannels && (PeerAnnouncement is not null || _connection.RemoteNumber > 0);

    /// <summary>Something the user should read: on the bar for a while.</summary>
    public void Notify(string text) => _screen.SetNotice(text, NotifyMicros);

    public bool PollChannel(out StreamEvent e)
    {
        e = default;
        return Channels?.PollChannelEvent(out e) == true;
    }

    /// <summary>A peer that opens channels though it did not agree to have them.</summary>
    private void RefuseChannels()
    {
        while (!_hasChannels && _connection.Streams is { } streams && streams.PollChannelEvent(out StreamEvent e))
        {
            if (e.Event == StreamEventKind.Opened)
            {
                streams.Refuse(e.Id, StreamRefusal.Unserved, "");
            }
        }
    }
}
