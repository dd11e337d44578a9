using Roam.Transport;

namespace Roam.Session;

/// <summary>The end of a session as its host sees it who carries bytes between streams and descriptors.</summary>
public interface IChannelSource
{
    /// <summary>The streams, once both ends are known to have channels (feature 9); null before, and with a peer that has none.</summary>
    StreamSet? Channels { get; }

    /// <summary>What happened to a stream of kind <see cref="StreamKind.Connect"/> or above; to be asked until there is nothing more, in every turn of the loop.</summary>
    bool PollChannel(out StreamEvent e);
}
