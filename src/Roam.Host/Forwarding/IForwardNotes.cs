using Roam.Transport;

namespace Roam.Host;

/// <summary>Who tells the user what becomes of forwards: standard error before a session, its bar while it runs.</summary>
internal interface IForwardNotes
{
    void Note(Instant now, string text);
}
