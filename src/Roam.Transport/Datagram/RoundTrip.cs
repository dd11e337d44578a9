namespace Roam.Transport;

/// <summary>What is known about the path's round trip, in microseconds.</summary>
public readonly record struct RoundTrip(bool IsKnown, long SrttMicros, long RttvarMicros)
{
    /// <summary>Before any sample stock assumes a very slow link (ssp.md section 1).</summary>
    public static readonly RoundTrip Unknown = new(false, 1_000_000, 500_000);
}
