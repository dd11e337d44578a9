namespace Roam.Transport;

/// <summary>How long datagrams wait in the path's queue: the least of the last few (RFC 6817, section 4.2, CURRENT_FILTER), and by how much samples differ from one to the next.</summary>
internal sealed class QueueDelay
{
    private const int SamplesMax = 3;
    private const int JitterWeight = 8;

    private readonly long[] _samples = new long[SamplesMax];
    private int _count;

    internal long Micros { get; private set; }

    internal long JitterMicros { get; private set; }

    /// <summary>In microseconds; a negative one says nothing.</summary>
    internal void Add(long sample)
    {
        if (sample < 0)
        {
            return;
        }

        if (_count > 0)
        {
            JitterMicros += (Math.Abs(sample - _samples[0]) - JitterMicros) / JitterWeight;
        }

        Array.Copy(_samples, 0, _samples, 1, SamplesMax - 1);
        _samples[0] = sample;
        _count = Math.Min(_count + 1, SamplesMax);
        long least = sample;
        for (int i = 1; i < _count; i++)
        {
            least = Math.Min(least, _samples[i]);
        }

        Micros = least;
    }

    internal void Reset()
    {
        _count = 0;
        Micros = JitterMicros = 0;
    }
}
