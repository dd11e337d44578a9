#pragma warning disable CA1822
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// The client's end of a session without an operating system: keys in, frames out, protocol between. The host owns the sockets and the terminal and pumps.
/// Order of calls: A getters at any time; after any B (input) or C (command) call all of D (output) until each is empty; sleep until <see cref="NextTimeout"/>.
/// </summary>
public sealed class ClientSession
{
    public ClientSession(
        SessionKey key, ITimingPolicy timing, IRandom random, ICompressor compressor, Instant now, PeerAddress server, ClientSessionOptions options)
    {
    }

    public Instant NextTimeout => Instant.Never;

    public bool IsFinished => false;

    public bool EverHeard => false;

    /// <summary>The end was agreed with the server: exit code 0.</summary>
    public bool CleanShutdown => false;

    public Instant LastHeard => Instant.Zero;

    public TransportCounters Counters => default!;

    public ReceiveResult HandleDatagram(Instant now, in PeerAddress from, ReadOnlySpan<byte> datagram, bool congestionExperienced) => default;

    /// <summary>One read of the terminal. Reads of more than 100 bytes are taken as a paste.</summary>
    public void HandleInput(Instant now, ReadOnlySpan<byte> input)
    {
    }

    public void HandleResize(Instant now, int width, int height)
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

    /// <summary>The host's sockets changed as <see cref="ClientEvent.HopPort"/> asked.</summary>
    public void HopDone(Instant now)
    {
    }

    /// <summary>The terminal may show anything: paint all of it.</summary>
    public void Repaint()
    {
    }

    /// <summary>SIGCONT: the process was stopped, the terminal was somebody else's.</summary>
    public void Resumed(Instant now)
    {
    }

    public bool PollTransmit(Instant now, Span<byte> destination, out int written, out PeerAddress to)
    {
        written = 0;
        to = default;
        return false;
    }

    /// <summary>True when there is something new to paint. The frame belongs to the session and stays valid until the next call of any method.</summary>
    public bool PollScreen(Instant now, out Screen frame)
    {
        frame = null!;
        return false;
    }

    public bool PollEvent(out ClientEvent e)
    {
        e = default;
        return false;
    }
}
