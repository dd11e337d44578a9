namespace Roam.Transport;

/// <summary>
/// A receive window that grows with use: when a window's worth was read within about two round trips, the window is what holds the sender up, and it doubles. A reader that does not keep up
/// never gets there, so unread bytes are the least that they can be.
/// </summary>
internal struct WindowTuner(int firstBytes, int maxBytes)
{
    private const int RoundTrips = 2;

    /// <summary>On a path of no length: so that a window is not the time between two turns of a loop.</summary>
    private const long FastMicros = 10_000;

    private ulong _from;
    private Instant _since = new(long.MinValue / 2);

    internal int Bytes { get; private set; } = firstBytes;

    /// <summary>True when it has grown.</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="consumed">Bytes read in all.</param>
    /// <param name="roundTripMicros">The path's.</param>
    internal bool Take(Instant now, ulong consumed, long roundTripMicros)
    {
        if (consumed - _from < (ulong)Bytes)
        {
            return false;
        }

        bool isFast = now.Micros - _since.Micros <= Math.Max(RoundTrips * roundTripMicros, FastMicros);
        (_from, _since) = (consumed, now);
        return isFast && Raise(Bytes * 2);
    }

    /// <summary>To so many bytes, if it is less and as far as the limit lets; true when it has grown.</summary>
    internal bool Raise(int bytes)
    {
        int before = Bytes;
        Bytes = Math.Max(Bytes, Math.Min(bytes, maxBytes));
        return Bytes > before;
    }
}
