using Roam.Transport;

namespace Roam.Host;

/// <summary>Hears what becomes of a <see cref="Listener"/>, and of each connection.</summary>
internal interface IListenOwner
{
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="port">Of the listener; 0 for a socket in the file system.</param>
    void Listening(Instant now, int port);

    /// <summary>There is no listener.</summary>
    void NotListening(Instant now, string text);

    /// <summary>A connection came in. The descriptor is the owner's, and it is counted already: <see cref="ForwardCore.End"/> is to be called once, or <see cref="ForwardCore.Pump"/>.</summary>
    void Accepted(Instant now, int fd, bool isTcp, string originator);

    /// <summary>Something that the user should know: connections wait because there is no descriptor for them.</summary>
    void Starved(Instant now, string text);
}
