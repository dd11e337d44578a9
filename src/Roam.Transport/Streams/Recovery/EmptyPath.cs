namespace Roam.Transport;

/// <summary>
/// The round trips of the empty path, for datagrams of three lengths: on a slow link a long one takes longer than a keystroke's, and that time is no queue. The controller sends two lengths
/// only, so that each is compared with its own kind.
/// </summary>
internal sealed class EmptyPath
{
    /// <summary>IP packets of these sizes, or a little less.</summary>
    internal const int FullBytes = 1280;
    internal const int ShortBytes = 576;

    /// <summary>About what SSP's datagrams have, and up to what counts as one of them.</summary>
    private const int SmallBytes = 120;
    private const int SmallBytesMax = 250;
    private const int SlackBytes = 64;

    private readonly LeastDelay _small = new();
    private readonly LeastDelay _short = new();
    private readonly LeastDelay _full = new();

    /// <summary>The least of all; 0: nothing is known.</summary>
    internal long Micros
    {
        get
        {
            long least = Math.Min(_small.Micros, Math.Min(_short.Micros, _full.Micros));
            return least == long.MaxValue ? 0 : least;
        }
    }

    /// <summary>How long a full datagram keeps the slowest link for itself; 0: not known.</summary>
    internal long BlockMicros
    {
        get
        {
            long difference = _small.IsKnown && _full.IsKnown ? Math.Max(0, _full.Micros - _small.Micros) : 0;
            return difference * FullBytes / (FullBytes - SmallBytes);
        }
    }

    internal void AddSmall(Instant now, long micros) => _small.Add(now, micros);

    /// <summary>A sample of a stream's datagram. Returns how long it waited; negative when its length is like no other's.</summary>
    internal long Add(Instant now, long micros, int wireBytes)
    {
        if (wireBytes <= SmallBytesMax)
        {
            _small.Add(now, micros);
            return -1;
        }

        if (wireBytes is > FullBytes - SlackBytes and <= FullBytes)
        {
            _full.Add(now, micros);
            return Math.Max(0, micros - _full.Micros);
        }

        if (wireBytes is > ShortBytes - SlackBytes and <= ShortBytes)
        {
            _short.Add(now, micros);
            return Math.Max(0, micros - Math.Min(_short.Micros, BetweenMicros()));
        }

        return -1;
    }

    internal void Reset()
    {
        _small.Reset();
        _short.Reset();
        _full.Reset();
    }

    /// <summary>What a short one should take, from the two others.</summary>
    private long BetweenMicros() => _small.IsKnown && _full.IsKnown
        ? _small.Micros + (Math.Max(0, _full.Micros - _small.Micros) * (ShortBytes - SmallBytes) / (FullBytes - SmallBytes))
        : _full.Micros;
}
