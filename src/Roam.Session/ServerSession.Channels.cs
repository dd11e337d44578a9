using Roam.Transport;

namespace Roam.Session;

/// <summary>Channels: streams that the host serves.</summary>
public sealed partial class ServerSession : IChannelSource
{
    private bool _hasChannels;

    public StreamSet? Channels => _hasChannels ? _connection.Streams : null;

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
