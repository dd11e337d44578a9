using Roam.Transport;

namespace Roam.Host;

/// <summary>Where a server's datagrams come from and go to: a UDP socket of its own, or its share of one.</summary>
internal interface IDatagramPort : IDisposable
{
    /// <summary>Readable when a datagram waits; -1: nothing can come for now.</summary>
    int Fd { get; }

    /// <summary>errno of the last failed send.</summary>
    int LastError { get; }

    /// <summary>When to call <see cref="HandleTimeout"/>.</summary>
    Instant NextTimeout { get; }

    /// <summary>False: nothing is waiting. What is longer than the buffer is cut, and then fails authentication.</summary>
    bool TryReceive(Span<byte> buffer, out int length, out PeerAddress from, out bool congestionExperienced);

    /// <summary>Datagrams are here that <see cref="Fd"/> does not show: they are fetched before the loop sleeps.</summary>
    bool HoldsMore { get; }

    /// <summary>The datagram that came last was authentic: what goes to its sender leaves from the address it came to.</summary>
    void KeepLocalAddress(in PeerAddress from);

    SendResult Send(ReadOnlySpan<byte> datagram, in PeerAddress to);

    void HandleTimeout(Instant now);

    /// <summary>A child of this process ended; it may be one of the port's.</summary>
    void Reap();
}
