#pragma warning disable CA1822
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// The server's end of a session without an operating system: the emulator, the synchronised states and the protocol. The host owns the socket and the pty and pumps.
/// Order of calls: A getters at any time; after any B (input) or C (command) call all of D (output) until each is empty; sleep until <see cref="NextTimeout"/>.
/// </summary>
public sealed class ServerSession
{
    public ServerSession(SessionKey key, ITimingPolicy timing, IRandom random, ICompressor compressor, Instant now, ServerSessionOptions options)
    {
    }

    public Instant NextTimeout => Instant.Never;

    public bool IsFinished => false;

    public Instant LastHeard => Instant.Zero;

    /// <summary>Where the client is; none before it was heard and after 40 s of silence.</summary>
    public PeerAddress Client => default;

    public TransportCounters Counters => default!;

    public int VerifyFailures => 0;

    public ReceiveResult HandleDatagram(Instant now, in PeerAddress from, ReadOnlySpan<byte> datagram, bool congestionExperienced) => default;

    public void HandleOutput(Instant now, ReadOnlySpan<byte> output)
    {
    }

    public void HandleTimeout(Instant now)
    {
    }

    public void HandleSendError(bool messageTooLong)
    {
    }

    public void Shutdown(Instant now)
    {
    }

    public bool PollTransmit(Instant now, Span<byte> destination, out int written, out PeerAddress to)
    {
        written = 0;
        to = default;
        return false;
    }

    /// <summary>
    /// Bytes for the pty: the user's keys and answers to the program's queries. 0 = none. Call only when the pty takes input (the time of the call is the time at which the echo
    /// acknowledgement starts to run); what is not fetched stays here, bounded, and finally the peer's new states are refused.
    /// </summary>
    public int PollInput(Instant now, Span<byte> destination) => 0;

    /// <summary>Whether <see cref="PollInput"/> has something: the host asks poll(2) for POLLOUT on the pty only then.</summary>
    public bool HasInput => false;

    public bool PollEvent(out ServerEvent e)
    {
        e = default;
        return false;
    }
}
