namespace Roam.Transport;

/// <summary>The congestion window of RFC 9438, in bytes and whole numbers: the same on every machine. Slow start and what counts as congestion are its owner's.</summary>
internal sealed class Cubic
{
    /// <summary>Beta, what is left after congestion (section 4.6), and C of the cubic function (section 4.1), as fractions: 0.7 and 0.4.</summary>
    internal const int BetaPercent = 70;
    private const long ScaleTenths = 4;

    /// <summary>Of a segment for each window acknowledged while Reno's estimate is below the window before the cut: 3 * (1 - Beta) / (1 + Beta) = 9 / 17 (section 4.3).</summary>
    private const long AlphaPart = 9;
    private const long AlphaWhole = 17;

    /// <summary>Further from the plateau the function is cut off: only after minutes without loss, when the growth is at its limit anyway.</summary>
    private const long FromPlateauMillisMax = 200_000;

    private readonly int _segmentBytes;
    private long _windowMax;
    private long _beforeCut;
    private long _reno;

    /// <summary>Since when the function runs; Never: it begins with the next acknowledgement.</summary>
    private Instant _epoch = Instant.Never;
    private long _plateauMillis;

    internal Cubic(int segmentBytes, long windowBytes) => (_segmentBytes, WindowBytes) = (segmentBytes, windowBytes);

    internal long WindowBytes { get; private set; }

    /// <summary>K, section 4.2: the time from the cut until the window is as large as before it.</summary>
    internal long PlateauMillis => _plateauMillis;

    /// <summary>Begins with this window, of which nothing is known: convex growth at once (section 4.8).</summary>
    internal void Begin(long windowBytes)
    {
        WindowBytes = windowBytes;
        _windowMax = _beforeCut = 0;
        _epoch = Instant.Never;
    }

    /// <summary>So many bytes of a full window were acknowledged (sections 4.2 to 4.5).</summary>
    internal void TakeAcked(Instant now, long bytes, long smoothedMicros)
    {
        if (_epoch == Instant.Never)
        {
            BeginEpoch(now);
        }

        long millis = ((now.Micros - _epoch.Micros + smoothedMicros) / 1000) - _plateauMillis;
        long target = Math.Clamp(_windowMax + FromPlateau(millis), WindowBytes, WindowBytes * 3 / 2);
        bool isBelow = _reno < _beforeCut;
        _reno += _segmentBytes * bytes * (isBelow ? AlphaPart : AlphaWhole) / (AlphaWhole * WindowBytes);
        long cubic = WindowBytes + ((target - WindowBytes) * bytes / WindowBytes);
        WindowBytes = Math.Max(cubic, _reno);
    }

    /// <summary>Congestion (sections 4.6 and 4.7). The caller does it once in a round trip.</summary>
    internal void Cut(long windowMinBytes)
    {
        _beforeCut = WindowBytes;
        _windowMax = WindowBytes < _windowMax ? WindowBytes * (100 + BetaPercent) / 200 : WindowBytes;
        WindowBytes = Math.Max(WindowBytes * BetaPercent / 100, windowMinBytes);
        _epoch = Instant.Never;
    }

    /// <summary>Nothing was sent for so long, or less than the window allows: that time does not count (section 5.8).</summary>
    internal void Skip(long micros)
    {
        if (_epoch != Instant.Never)
        {
            _epoch = _epoch.PlusMicros(micros);
        }
    }

    /// <summary>The whole number whose cube is the next not above the value.</summary>
    internal static long CubeRoot(long value)
    {
        long root = 0;
        for (int bit = 20; bit >= 0; bit--)
        {
            long tried = root | (1L << bit);
            root = tried * tried * tried <= value ? tried : root;
        }

        return root;
    }

    private void BeginEpoch(Instant now)
    {
        _epoch = now;
        _reno = WindowBytes;
        _windowMax = Math.Max(_windowMax, WindowBytes);

        // K = cbrt((W_max - cwnd) / C), in seconds and segments; here milliseconds and bytes.
        _plateauMillis = CubeRoot((_windowMax - WindowBytes) * 10_000_000_000 / (ScaleTenths * _segmentBytes));
    }

    /// <summary>C * t^3 in bytes.</summary>
    private long FromPlateau(long millis)
    {
        long t = Math.Clamp(millis, -FromPlateauMillisMax, FromPlateauMillisMax);
        return t * t * t / 1_000_000 * ScaleTenths * _segmentBytes / 10_000;
    }
}
