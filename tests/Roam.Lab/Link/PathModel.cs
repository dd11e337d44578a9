namespace Roam.Lab;

/// <summary>
/// One direction of a link, without an OS: which packets arrive, and when. Time comes in, faults come from a seed, nothing is allocated.
/// Loss: independent, or Gilbert and Elliott's two states (the bad one loses everything), whose mean stay and share of packets are the burst and the loss.
/// Rate: packets leave one after the other; what waits is bounded by the queue. Jitter is added after the rate, so packets overtake each other.
/// </summary>
internal sealed class PathModel
{
    private readonly SeededRandom _random;
    private readonly long _delayNanos;
    private readonly double _jitterNanos;
    private readonly double _loss;
    private readonly double _becomesBad;
    private readonly double _becomesGood;
    private readonly double _nanosPerByte;
    private readonly double _queueBytes;
    private readonly int _lengthMax;
    private bool _bad;
    private long _freeNanos;

    public PathModel(LinkOptions options, double lossPercent, ulong seed)
    {
        _random = new SeededRandom(seed);
        _delayNanos = MonotonicClock.OfMillis(options.DelayMillis);
        _jitterNanos = options.JitterMillis * MonotonicClock.NanosPerMilli;
        _loss = lossPercent / 100;
        _nanosPerByte = options.RateKbit > 0 ? 8 * 1e6 / options.RateKbit : 0;
        _queueBytes = options.QueueBytes;
        _lengthMax = options.MtuHoleBytes > 0 ? options.MtuHoleBytes : int.MaxValue;
        if (options.BurstPackets > 1 && _loss is > 0 and < 1)
        {
            _becomesGood = 1 / options.BurstPackets;
            _becomesBad = Math.Min(1, _loss / (1 - _loss) * _becomesGood);
            _bad = _random.NextDouble() < _loss;
        }
    }

    /// <summary>Everything is lost while it is set. Not part of the faults of the seed.</summary>
    public bool Dark { get; set; }

    /// <summary>What a packet would wait before its first bit leaves.</summary>
    public long QueueDelayNanos(long nowNanos) => Math.Max(0, _freeNanos - nowNanos);

    /// <summary>The due time counts only for a packet that is carried.</summary>
    public PacketFate Offer(long nowNanos, int lengthBytes, out long dueNanos)
    {
        dueNanos = 0;
        if (lengthBytes > _lengthMax)
        {
            return PacketFate.TooLong;
        }

        if (IsLost() || Dark)
        {
            return PacketFate.Lost;
        }

        long wait = 0;
        if (_nanosPerByte > 0)
        {
            wait = QueueDelayNanos(nowNanos);
            if ((wait / _nanosPerByte) + lengthBytes > _queueBytes)
            {
                return PacketFate.QueueFull;
            }

            wait += (long)(lengthBytes * _nanosPerByte);
            _freeNanos = nowNanos + wait;
        }

        long travel = _delayNanos;
        if (_jitterNanos > 0)
        {
            travel = Math.Max(0, travel + (long)(_jitterNanos * _random.NextNormal()));
        }

        dueNanos = nowNanos + wait + travel;
        return PacketFate.Carried;
    }

    private bool IsLost()
    {
        if (_becomesGood > 0)
        {
            bool lost = _bad;
            _bad = _random.NextDouble() < (_bad ? 1 - _becomesGood : _becomesBad);
            return lost;
        }

        return _loss > 0 && _random.NextDouble() < _loss;
    }
}
