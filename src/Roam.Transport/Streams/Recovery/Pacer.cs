namespace Roam.Transport;

/// <summary>Spreads datagrams in time (RFC 9002, section 7.7), so that they do not wait in a queue of the path, where a keystroke's echo would wait behind them.</summary>
internal struct Pacer
{
    /// <summary>A sleeper wakes late by a millisecond or so: what it missed may go at once.</summary>
    private const long LatenessMicros = 2000;

    /// <summary>However slow the path is thought to be, it is tried after so long.</summary>
    private const long WaitMaxMicros = 1_000_000;

    private Instant _next;

    /// <summary>When the next datagram may go.</summary>
    internal readonly Instant Next => _next;

    /// <summary>Bytes left, of a stream or of the screen: they have the path for themselves for the time that they take.</summary>
    internal void Take(Instant now, int wireBytes, long bytesPerSecond)
    {
        Instant from = Instant.Max(_next, now.PlusMicros(-LatenessMicros));
        _next = Instant.Min(from.PlusMicros(wireBytes * 1_000_000L / Math.Max(bytesPerSecond, 1)), now.PlusMicros(WaitMaxMicros));
    }

    /// <summary>Nothing goes before.</summary>
    internal void HoldUntil(Instant until) => _next = Instant.Max(_next, until);

    internal void Reset() => _next = Instant.Zero;
}
