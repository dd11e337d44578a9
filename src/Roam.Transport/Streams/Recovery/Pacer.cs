namespace Roam.Transport;

/// <summary>Spreads datagrams in time (RFC 9002, section 7.7), so that they do not wait in a queue of the path, where a keystroke's echo would wait behind them.</summary>
internal struct Pacer
{
    /// <summary>A sleeper wakes late by a millisecond or so: what it missed may go at once.</summary>
    private const long LatenessMicros = 2000;

    /// <summary>However slow the path is thought to be, it is tried after so long.</summary>
    private const long WaitMaxMicros = 1_000_000;

    /// <summary>
    /// The screen has the path before the streams, but at a stretch no longer than this, also when one picture follows the other: only the streams' own datagrams can tell how fast the path is.
    /// </summary>
    private const long ScreenMicrosMax = 500_000;

    private Instant _next;

    /// <summary>Since when the screen alone has the path; Never: a stream had it last.</summary>
    private Instant _screenSince;

    /// <summary>When the next datagram may go.</summary>
    internal readonly Instant Next => _next;

    /// <summary>Bytes of a stream left: they have the path for themselves for the time that they take.</summary>
    internal void Take(Instant now, int wireBytes, long bytesPerSecond)
    {
        _screenSince = Instant.Never;
        Claim(now, wireBytes, bytesPerSecond);
    }

    /// <summary>Bytes of the screen left.</summary>
    internal void TakeScreen(Instant now, int wireBytes, long bytesPerSecond)
    {
        if (_next <= now || _screenSince == Instant.Never)
        {
            _screenSince = now;
        }

        Instant before = _next;
        Claim(now, wireBytes, bytesPerSecond);
        _next = Instant.Max(before, Instant.Min(_next, _screenSince.PlusMicros(ScreenMicrosMax)));
    }

    /// <summary>Nothing goes before.</summary>
    internal void HoldUntil(Instant until) => _next = Instant.Max(_next, until);

    internal void Reset() => _next = Instant.Zero;

    private void Claim(Instant now, int wireBytes, long bytesPerSecond)
    {
        Instant from = Instant.Max(_next, now.PlusMicros(-LatenessMicros));
        _next = Instant.Min(from.PlusMicros(wireBytes * 1_000_000L / Math.Max(bytesPerSecond, 1)), now.PlusMicros(WaitMaxMicros));
    }
}
