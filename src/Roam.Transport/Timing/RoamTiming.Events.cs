namespace Roam.Transport;

/// <summary>What the policy learns from what was sent and what came.</summary>
public sealed partial class RoamTiming
{
    /// <summary>A large frame may fill the path for so long beyond a round trip: samples from then are not of the empty path.</summary>
    private const long LargeEchoMicros = 150_000;

    /// <summary>Timestamps count whole milliseconds.</summary>
    private const long TimestampMicros = 1000;
    private const long StuckMaxMicros = 1_000_000;
    private const long StuckExtraMicros = 150_000;
    private const long StuckMinMicros = 110_000;

    /// <summary>An acknowledgement that comes earlier than this after a probe answers what was sent before: the probe was needless.</summary>
    private const int NeedlessProbePercent = 70;

    private int _datagrams;
    private Instant _lastDatagram = new(long.MinValue / 2);
    private Instant _lastInput = new(long.MinValue / 2);
    private Instant _lastProgress = new(long.MinValue / 2);
    private Instant _lastDataSent = new(long.MinValue / 2);
    private Instant _lastProbe = Instant.Zero;
    private bool _lastIsMinor;
    private bool _lastIsLarge;
    private bool _hasReplied;
    private bool _inExchange;
    private int _probes;

    /// <summary>Since when the last data sent is known to be lost; Never: it is not.</summary>
    private Instant _lostAt = Instant.Never;

    /// <summary>Newest large frame not acknowledged, and since when any has been; Never while none is.</summary>
    private ulong _newestLarge;
    private Instant _largeUnacknowledgedSince = Instant.Never;

    public void TakeDatagram(Instant now, ulong sequence, bool isNewest, in RoundTrip roundTrip)
    {
        // A replay says nothing about the peer.
        if (isNewest)
        {
            _lastDatagram = now;
            _datagrams = Math.Min(_datagrams + 1, FirstDatagrams + 1);
        }

        if (!_isReliable)
        {
            _loss.TakeDatagram(now, sequence, roundTrip);
        }
    }

    public void TakeRoundTrip(Instant now, long sampleMillis, in RoundTrip roundTrip)
    {
        long sample = Math.Min(sampleMillis, RoundTripEstimator.SampleMillisMax) * 1000;
        bool isRecent = now.Micros - _large.LastSent.Micros <= sample + LargeEchoMicros;
        bool isClean = !isRecent || _large.BurstBegan.Micros >= now.Micros - sample + TimestampMicros;
        _queue.TakeSample(now, sample, isClean);
        _large.TakeRoundTrip();
    }

    public void TakeNewState(Instant now) => (_lastInput, _hasReplied) = (now, false);

    public void TakeSent(in SentInstruction sent, in RoundTrip roundTrip)
    {
        if (sent.DiffBytes == 0)
        {
            return;
        }

        _lastDataSent = sent.At;
        _lostAt = Instant.Never;
        _inExchange = true;
        bool isLarge = sent.DiffBytes > SmallBytes;
        if (isLarge)
        {
            _large.TakeSent(sent.At, sent.WireBytes, roundTrip, _queue);
            _newestLarge = sent.Number;
            _hasReplied = true;
            _largeUnacknowledgedSince = Instant.Min(_largeUnacknowledgedSince, sent.At);
        }

        if (!isLarge || sent.IsNewContent)
        {
            _tokens.Take(sent.At, roundTrip);
        }

        if (sent.Reason == SendReason.Probe)
        {
            _probes++;
            _lastProbe = sent.At;
            _copies.Start(sent.At, !isLarge && Loss >= CopySchedule.TwiceAt ? ProbeCopies : 0);
        }
        else if (sent.Reason == SendReason.Copy)
        {
            _copies.CountDone();
        }
        else if (sent.IsNewContent)
        {
            (_lastIsMinor, _lastIsLarge) = (sent.IsMinor, isLarge);
            _probes = 0;
            int datagrams = isLarge ? 1 : Math.Min(DatagramsFor(sent.At, roundTrip), sent.IsMinor ? 2 : 4);
            _copies.Start(sent.At, datagrams - 1);
            if (!isLarge)
            {
                _loss.TakeCopies(datagrams);
            }
        }
    }

    public void TakeAcknowledgement(in AckedState acked, in RoundTrip roundTrip)
    {
        _lastProgress = acked.At;
        _large.TakeAcknowledged(acked.At, acked.WireBytes);
        if (acked.Number >= _newestLarge)
        {
            _largeUnacknowledgedSince = Instant.Never;
        }

        bool isNeedless = _probes == 1 && acked.At.Micros - _lastProbe.Micros < roundTrip.SrttMicros * NeedlessProbePercent / 100;
        if (acked.HasContent && (_probes == 0 || isNeedless))
        {
            _tail.TakeDelay(acked.At.Micros - acked.FirstSentAt.Micros, roundTrip);
        }

        if (!acked.IsAll)
        {
            return;
        }

        if (_inExchange && !_isReliable)
        {
            _loss.TakeExchange(neededProbe: _probes > 0 && !isNeedless);
        }

        _inExchange = false;
        _probes = 0;
        _lostAt = Instant.Never;
        _copies.Cancel();
    }

    public void TakeLost(Instant now) => _lostAt = Instant.Min(_lostAt, now);

    public void TakeReport(Instant now, ulong received, ulong highest)
    {
        if (!_isReliable)
        {
            _loss.TakeReport(received, highest);
        }
    }

    public void SetReliable(bool isReliable)
    {
        if (_isReliable && !isReliable)
        {
            _loss.SkipGap();
        }

        _isReliable = isReliable;
    }

    /// <summary>Loss is kept: mostly the first hop makes it, and if not it is soon unlearned.</summary>
    public void PathChanged(Instant now)
    {
        _queue.Reset();
        _tail.Reset();
        _large.Reset();
        _largeUnacknowledgedSince = Instant.Never;
        _probes = 0;
        _lostAt = Instant.Never;
    }

    /// <summary>Copies help against loss by chance; where a queue makes the loss they would make more of it (pitfall 10).</summary>
    private int DatagramsFor(Instant now, in RoundTrip roundTrip)
    {
        long waitMax = Math.Max(50_000, roundTrip.SrttMicros / 4) + (3 * roundTrip.RttvarMicros);
        return _queue.WaitMicros(now) > waitMax ? 1 : CopySchedule.DatagramsFor(Loss);
    }

    private Instant HeardAt(in TimingInputs inputs) => Instant.Max(_lastDatagram, inputs.LastHeard);
}
