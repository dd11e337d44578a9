namespace Roam.Transport;

/// <summary>Smoothed round trip and its variance, RFC 6298 with the weights 1/8 and 1/4, in whole microseconds: the same on every machine.</summary>
internal sealed class RoundTripEstimator
{
    /// <summary>A longer sample is a peer that slept, not a path.</summary>
    internal const long SampleMillisMax = 5000;

    private bool _isStale;

    internal RoundTrip Current { get; private set; } = RoundTrip.Unknown;

    /// <summary>Another path: the next sample is the first. Until it comes the old estimate serves, as what is drawn and sent by it should not jump twice.</summary>
    internal void Restart() => _isStale = true;

    /// <summary>Takes one sample; false when it is out of range and ignored.</summary>
    internal bool Add(long sampleMillis)
    {
        if (sampleMillis >= SampleMillisMax)
        {
            return false;
        }

        long sample = sampleMillis * 1000;
        RoundTrip old = _isStale ? RoundTrip.Unknown : Current;
        _isStale = false;
        Current = old.IsKnown
            ? new RoundTrip(
                true,
                ((7 * old.SrttMicros) + sample) / 8,
                ((3 * old.RttvarMicros) + Math.Abs(old.SrttMicros - sample)) / 4)
            : new RoundTrip(true, sample, sample / 2);
        return true;
    }
}
