namespace Roam.Transport;

/// <summary>What an acknowledgement says to a congestion controller.</summary>
internal struct AckSample
{
    internal int AckedBytes { get; set; }

    internal int AckedDatagrams { get; set; }

    internal int LostDatagrams { get; set; }

    /// <summary>Round trip of the newest datagram without the peer's delay; 0: none.</summary>
    internal long RoundTripMicros { get; set; }

    /// <summary>Size of that datagram.</summary>
    internal int SampleBytes { get; set; }

    /// <summary>With the delay, smoothed.</summary>
    internal long SmoothedMicros { get; set; }

    /// <summary>Bytes a second at which the path delivered; 0: not known.</summary>
    internal long DeliveryRate { get; set; }

    /// <summary>The window and the pace held datagrams back, else the rate says only what was offered.</summary>
    internal bool IsFull { get; set; }

    /// <summary>The window did.</summary>
    internal bool FillsWindow { get; set; }

    /// <summary>A datagram sent since the last round's end was acknowledged: a round trip has passed.</summary>
    internal bool IsRoundEnd { get; set; }

    /// <summary>Somebody waits for the bytes: they are not history's.</summary>
    internal bool IsAwaited { get; set; }

    /// <summary>Someone is typing, or the screen changes: their datagrams share the path.</summary>
    internal bool IsInteractive { get; set; }
}
