using Roam.Session;
using Roam.Transport;

namespace Roam.Host;

/// <summary>What a client's loop has in front of it: the user's terminal, or the three streams of a command.</summary>
internal interface IClientFront
{
    /// <summary>Places in the loop's ppoll.</summary>
    const int SlotCount = 2;

    /// <summary>All that the loop reads; the rest does what it does by default.</summary>
    ReadOnlySpan<int> Signals { get; }

    Instant NextTimeout { get; }

    /// <summary>The session is to end in order.</summary>
    bool WantsEnd { get; }

    /// <summary>What the session has to know of it; the loop adds the ways to the server.</summary>
    ClientSessionOptions Describe();

    /// <summary>Once, before anything else but <see cref="Describe"/>.</summary>
    void Attach(ClientSession session, StreamHub hub);

    void Open(Instant now);

    /// <summary>Puts everything back. From any state, more than once.</summary>
    void Close();

    /// <summary>Both slots; a negative descriptor is skipped by poll.</summary>
    void Fill(Instant now, Span<Libc.PollFd> slots);

    /// <summary>In each turn, after what came from the server: what the user did.</summary>
    void Turn(Instant now, ReadOnlySpan<Libc.PollFd> slots);

    /// <summary>In each turn, after everything else.</summary>
    void Show(Instant now);

    /// <summary>What the loop does not see to itself.</summary>
    void Take(Instant now, ClientEvent e);

    /// <summary>True: seen to. Else the signal ends the session.</summary>
    bool TakesSignal(Instant now, int signal);
}
