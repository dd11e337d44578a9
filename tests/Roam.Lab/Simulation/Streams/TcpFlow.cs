using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// Another's TCP transfer through the same queue: CUBIC (RFC 9438) as systems have it, with slow start that ends at a rise of the delay (HyStart, RFC 9406), selective acknowledgements and
/// one acknowledgement for two segments. It always has something to send. Written by itself, in floating point, so that it shares no mistake with the program's own CUBIC.
/// </summary>
internal sealed class TcpFlow
{
    private const int SegmentBytes = 1500;
    private const int AckBytes = 52;
    private const double Scale = 0.4;
    private const double Beta = 0.7;
    private const int ReorderSegments = 3;
    private const int SegmentsForAck = 2;
    private const int AckDelayMillis = 40;
    private const double WindowMaxSegments = 4000;

    private readonly StreamWorld _world;
    private readonly SimLink _forth;
    private readonly SimLink _back;
    private readonly Dictionary<long, long> _sentAt = [];
    private readonly SortedSet<long> _lost = [];
    private readonly HashSet<long> _arrived = [];
    private double _window = 10;
    private double _threshold = double.MaxValue;
    private double _windowMax;
    private double _windowReno;
    private double _epochMicros = -1;
    private double _originSeconds;
    private long _next;
    private long _highestAcked = -1;
    private long _recoverTo = -1;
    private long _roundEnd;
    private double _roundLeastMicros = double.MaxValue;
    private double _lastRoundLeastMicros = double.MaxValue;
    private int _roundSamples;
    private double _smoothedMicros = 200_000;
    private double _variationMicros = 100_000;
    private long _lastProgressMicros;
    private long _expected;
    private long _waiting;
    private bool _isStopped;

    public TcpFlow(StreamWorld world, SimLink forth, SimLink back)
    {
        (_world, _forth, _back) = (world, forth, back);
        _lastProgressMicros = world.Now.Micros;
        Send();
        WatchTimeout();
    }

    /// <summary>Bytes of payload that arrived, each counted once.</summary>
    public long Bytes { get; private set; }

    public int Cuts { get; private set; }

    public void Stop() => _isStopped = true;

    private bool IsSlowStart => _window < _threshold;

    private void Send()
    {
        while (!_isStopped && _sentAt.Count + 1 <= _window)
        {
            long segment = _next;
            if (_lost.Count > 0)
            {
                segment = _lost.Min;
                _lost.Remove(segment);
            }
            else
            {
                _next++;
            }

            long now = _world.Now.Micros;
            _sentAt[segment] = now;
            if (_forth.TryCarry(now, SegmentBytes, out long at))
            {
                _world.AtMicros(new Instant(at), () => Arrive(segment, now));
            }
        }
    }

    /// <summary>At the receiver. Every second segment is acknowledged, and each that comes out of order.</summary>
    private void Arrive(long segment, long sentAt)
    {
        if (_arrived.Add(segment))
        {
            Bytes += SegmentBytes - AckBytes;
        }

        bool isInOrder = segment == _expected;
        _expected = Math.Max(_expected, segment + 1);
        if (!isInOrder || _arrived.Count >= SegmentsForAck)
        {
            Acknowledge(segment, sentAt);
        }
        else
        {
            long sequence = ++_waiting;
            _world.At(AckDelayMillis, () =>
            {
                if (sequence == _waiting && _arrived.Count > 0)
                {
                    Acknowledge(segment, sentAt: -1);
                }
            });
        }
    }

    private void Acknowledge(long segment, long sentAt)
    {
        _waiting++;
        if (_back.TryCarry(_world.Now.Micros, AckBytes, out long at))
        {
            long[] arrived = [.. _arrived];
            _arrived.Clear();
            _world.AtMicros(new Instant(at), () => TakeAck(arrived, segment, sentAt));
        }

        // One that is lost is made good by the next, as acknowledgements are cumulative.
    }

    private void TakeAck(long[] arrived, long newest, long sentAt)
    {
        int acked = 0;
        foreach (long segment in arrived)
        {
            acked += _sentAt.Remove(segment) ? 1 : 0;
            _lost.Remove(segment);
            _highestAcked = Math.Max(_highestAcked, segment);
        }

        if (acked > 0)
        {
            _lastProgressMicros = _world.Now.Micros;
            if (sentAt >= 0)
            {
                TakeRoundTrip(_world.Now.Micros - sentAt, newest);
            }

            Grow(acked);
        }

        FindLost();
        Send();
    }

    private void TakeRoundTrip(double micros, long newest)
    {
        _variationMicros += (Math.Abs(micros - _smoothedMicros) - _variationMicros) / 4;
        _smoothedMicros += (micros - _smoothedMicros) / 8;
        _roundLeastMicros = Math.Min(_roundLeastMicros, micros);
        _roundSamples++;
        double rise = Math.Clamp(_lastRoundLeastMicros / 8, 4000, 16_000);
        if (IsSlowStart && _roundSamples >= 8 && _window >= 16 && _lastRoundLeastMicros < double.MaxValue && _roundLeastMicros >= _lastRoundLeastMicros + rise)
        {
            _threshold = _window;
        }

        if (newest >= _roundEnd)
        {
            _roundEnd = _next;
            (_lastRoundLeastMicros, _roundLeastMicros, _roundSamples) = (_roundLeastMicros, double.MaxValue, 0);
        }
    }

    private void Grow(int acked)
    {
        if (_recoverTo > _highestAcked)
        {
            return;
        }

        if (IsSlowStart)
        {
            _window += acked;
        }
        else
        {
            GrowByCubic(acked);
        }

        _window = Math.Min(_window, WindowMaxSegments);
    }

    private void GrowByCubic(int acked)
    {
        double now = _world.Now.Micros;
        if (_epochMicros < 0)
        {
            _epochMicros = now;
            _windowMax = Math.Max(_windowMax, _window);
            _originSeconds = Math.Cbrt((_windowMax - _window) / Scale);
            _windowReno = _window;
        }

        double seconds = ((now - _epochMicros + _smoothedMicros) / 1e6) - _originSeconds;
        double target = Math.Clamp((Scale * seconds * seconds * seconds) + _windowMax, _window, 1.5 * _window);
        _windowReno += (_windowReno < _windowMax ? 3 * (1 - Beta) / (1 + Beta) : 1) * acked / _window;
        _window = Math.Max(_windowReno, _window + ((target - _window) * acked / _window));
    }

    private void FindLost()
    {
        List<long>? lost = null;
        double patience = _smoothedMicros * 1.25;
        foreach ((long segment, long sentAt) in _sentAt)
        {
            bool isOvertaken = segment + ReorderSegments <= _highestAcked && _world.Now.Micros - sentAt > _smoothedMicros * 0.9;
            if (isOvertaken || (segment < _highestAcked && _world.Now.Micros - sentAt > patience))
            {
                (lost ??= []).Add(segment);
            }
        }

        if (lost == null)
        {
            return;
        }

        foreach (long segment in lost)
        {
            _sentAt.Remove(segment);
            _lost.Add(segment);
        }

        // Once for what was sent before the last cut.
        if (lost.Max() > _recoverTo)
        {
            Cut();
        }
    }

    private void Cut()
    {
        Cuts++;
        _recoverTo = _next;
        _windowMax = _window < _windowMax ? _window * (1 + Beta) / 2 : _window;
        _window = Math.Max(2, _window * Beta);
        _threshold = _window;
        _epochMicros = -1;
    }

    private void WatchTimeout()
    {
        double timeout = Math.Max(200_000, _smoothedMicros + (4 * _variationMicros));
        if (_sentAt.Count > 0 && _world.Now.Micros - _lastProgressMicros > timeout)
        {
            foreach (long segment in _sentAt.Keys)
            {
                _lost.Add(segment);
            }

            _sentAt.Clear();
            _threshold = Math.Max(2, _window * Beta);
            (_windowMax, _window, _epochMicros, _recoverTo) = (_window, 1, -1, _next);
            _lastProgressMicros = _world.Now.Micros;
            Send();
        }

        _world.At(50, WatchTimeout);
    }
}
