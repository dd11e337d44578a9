namespace Roam.Transport;

/// <summary>Round trips of stream datagrams (RFC 9002, section 5): finer than SSP's timestamps, which count milliseconds.</summary>
internal sealed class StreamRoundTrip
{
    /// <summary>RFC 9002, section 6.2.2, when SSP knows nothing either.</summary>
    private const long InitialMicros = 333_000;

    /// <summary>RFC 9002, section 6.1.2, kGranularity.</summary>
    private const long GranularityMicros = 1000;

    /// <summary>
    /// So many samples in a row below this part of what was smoothed: a queue of seconds is gone, or the path is another one. What paces itself by the old value would send one datagram a second then,
    /// and have it smoothed away only after dozens of them.
    /// </summary>
    private const int FarBelowSamples = 3;
    private const int FarBelowPart = 8;

    private int _farBelow;

    internal bool IsKnown { get; private set; }

    internal long SmoothedMicros { get; private set; } = InitialMicros;

    internal long VariationMicros { get; private set; } = InitialMicros / 2;

    internal long LatestMicros { get; private set; }


    /// <summary>RFC 9002, section 6.2.1.</summary>
    internal long ProbeMicros => SmoothedMicros + Math.Max(4 * VariationMicros, GranularityMicros) + (StreamLimits.AckDelayMillis * 1000);

    /// <summary>Time after which a datagram that was overtaken is lost (RFC 9002, section 6.1.2), in eighths of the round trip.</summary>
    internal long LossMicros(int eighths) => Math.Max(Math.Max(SmoothedMicros, LatestMicros) * eighths / 8, GranularityMicros);

    internal void Add(long micros)
    {
        LatestMicros = micros;
        _farBelow = micros < SmoothedMicros / FarBelowPart ? _farBelow + 1 : 0;
        if (IsKnown && _farBelow < FarBelowSamples)
        {
            VariationMicros = ((3 * VariationMicros) + Math.Abs(SmoothedMicros - micros)) / 4;
            SmoothedMicros = ((7 * SmoothedMicros) + micros) / 8;
            return;
        }

        _farBelow = 0;
        (IsKnown, SmoothedMicros, VariationMicros) = (true, micros, micros / 2);
    }

    /// <summary>What SSP knows, as long as there is no sample of our own.</summary>
    internal void Guess(in RoundTrip roundTrip)
    {
        if (!IsKnown && roundTrip.IsKnown)
        {
            (SmoothedMicros, VariationMicros) = (roundTrip.SrttMicros, Math.Max(roundTrip.RttvarMicros, roundTrip.SrttMicros / 4));
        }
    }

    internal void Reset()
    {
        IsKnown = false;
        _farBelow = 0;
        LatestMicros = 0;
        (SmoothedMicros, VariationMicros) = (InitialMicros, InitialMicros / 2);
    }
}
