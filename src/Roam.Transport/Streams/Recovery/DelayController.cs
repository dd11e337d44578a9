namespace Roam.Transport;

/// <summary>
/// Congestion control of streams: it gives way before it becomes a queue, unless another does not and somebody waits for our bytes (DelayController.Competing.cs). By the delay, after RFC 6817 (LEDBAT) and its successor LEDBAT++: the window grows while datagrams
/// wait less than a target in the path's queue, and shrinks by what is too much in it. The start ends at the first rise of the delay (RFC 9406's idea). Loss counts when it comes with
/// a queue, or is more than this path loses anyway. All in whole numbers: the same on every machine.
/// </summary>
internal sealed partial class DelayController : ICongestionController
{
    /// <summary>A full datagram may keep the path for itself for so long; else short ones go.</summary>
    private const long BlockMaxMicros = 60_000;
    private const long BlockMaxInteractiveMicros = 20_000;

    /// <summary>What may wait in the path's queue; less beside a typist, who waits behind it.</summary>
    private const long TargetMicros = 20_000;
    private const long TargetInteractiveMicros = 4000;

    /// <summary>On a path whose delay jumps about, what cannot be told from a queue is borne, up to here.</summary>
    private const long TargetMaxMicros = 60_000;

    private const long StartRiseMicrosMax = 16_000;

    private const int WindowAtFirstBytes = 3 * EmptyPath.FullBytes;
    private const int WindowMaxBytes = 4 * 1024 * 1024;
    private const int DatagramsMin = 2;

    private const long RestartMillis = 3000;
    private const int HalvingsMax = 20;
    private const int RestartWindowBytes = 10 * EmptyPath.FullBytes;

    /// <summary>Of the rate of a window in a round trip, in percent: a little more than it, so that the pace does not become the limit.</summary>
    private const long PacePercent = 110;
    private const long PaceStartPercent = 150;
    private const long PaceStartAwaitedPercent = 220;
    private const long ScreenPacePercent = 67;

    /// <summary>Growth in one round trip: a datagram or this part of the window, but no more than this part of the bytes that make the target, in percent.</summary>
    private const int GrowthPart = 32;
    private const long GrowthOfTargetPercent = 40;

    /// <summary>A wait below this part of the target is calm; after so many calm rounds growth doubles from one to the next, so often, up to this part of the window.</summary>
    private const int CalmPart = 4;
    private const int CalmRoundsMin = 3;
    private const int CalmRoundsMax = 15;

    /// <summary>Near the window that last made a queue it takes more of them.</summary>
    private const int CalmRoundsNear = 10;
    private const int CalmGrowthPart = 6;

    /// <summary>Of the excess in the queue, taken back in one round trip, in percent.</summary>
    private const long ExcessPercent = 70;

    /// <summary>Without any measure of time, a window goes in so long.</summary>
    private const long UnknownRoundTripMicros = 100_000;

    private readonly EmptyPath _path = new();
    private readonly RateMax _rate = new();
    private readonly QueueDelay _queue = new();
    private readonly LossJudge _loss = new();

    private long _window = WindowAtFirstBytes;
    private bool _isStarting = true;
    private long _startEnds = WindowMaxBytes;
    private int _calmRounds;
    private long _queuedAt;
    private bool _wasFull;
    private bool _isInteractive;
    private bool _isAwaited;
    private bool _isCongestion;
    private int _roundLost;
    private long _smoothedMicros;
    private Instant _lastAckAt = Instant.Never;

    /// <summary>Rounds left in which the window is least, so that the empty path is seen.</summary>
    private int _emptyRounds;
    private Instant _nextEmptying = Instant.Never;

    public int WindowBytes => (int)(_emptyRounds > 0 ? WindowMin : _dip.Of(_window));

    public long PaceBytesPerSecond
    {
        get
        {
            long micros = _smoothedMicros != 0 ? _smoothedMicros : _path.Micros != 0 ? _path.Micros : UnknownRoundTripMicros;
            return Math.Max(1, WindowBytes * (_isStarting ? (_isAwaited ? PaceStartAwaitedPercent : PaceStartPercent) : PacePercent) * 10_000 / Math.Max(micros, 1000));
        }
    }

    /// <summary>The slower of what the path was seen to carry and the pace, and less than that: the next picture should find it empty.</summary>
    public long ScreenPaceBytesPerSecond
    {
        get
        {
            long pace = PaceBytesPerSecond;
            return !_rate.IsOfPath ? pace : Math.Max(1, Math.Min(pace, _rate.BytesPerSecond) * ScreenPacePercent / 100);
        }
    }

    internal long QueueMicros => _queue.Micros;

    internal long BaseMicros => _path.Micros;

    internal long RateBytesPerSecond => _rate.BytesPerSecond;

    internal bool IsStarting => _isStarting;

    public override string ToString() =>
        $"window {WindowBytes} pace {PaceBytesPerSecond} rate {_rate.BytesPerSecond} base {BaseMicros} queue {_queue.Micros} jitter {_queue.JitterMicros} smoothed {_smoothedMicros} longest {_queueLoss.LongestMicros} starting {_isStarting} competing {IsCompeting} dip {_dip.IsUnderWay} ref {_suspicion.RateBytesPerSecond} emptying {_emptyRounds} own loss {_loss.OwnPerMille}/{_queueLoss.OwnPerMille}";

    private long WindowMin => DatagramsMin * DatagramBytes(_isInteractive);

    public int DatagramBytes(bool isInteractive)
    {
        // Where long ones always met another's queue, the link seems slower than it was seen to be.
        long atRate = _rate.BytesPerSecond == 0 ? long.MaxValue : EmptyPath.FullBytes * 1_000_000L / _rate.BytesPerSecond;
        bool isSlow = Math.Min(_path.BlockMicros, atRate) > (isInteractive ? BlockMaxInteractiveMicros : BlockMaxMicros);
        return isSlow ? EmptyPath.ShortBytes : EmptyPath.FullBytes;
    }

    public void TakeRoundTrip(Instant now, long micros) => _path.AddSmall(now, micros);

    public void TakeAck(Instant now, in AckSample sample)
    {
        _smoothedMicros = sample.SmoothedMicros;
        if (IsCompeting && !sample.IsFull && _lastAckAt != Instant.Never)
        {
            _cubic.Skip(now.Micros - _lastAckAt.Micros);
        }

        _lastAckAt = now;
        _isInteractive = sample.IsInteractive;
        _rate.Take(sample.DeliveryRate, sample.IsFull);
        if (sample.RoundTripMicros != 0)
        {
            _queue.Add(_path.Add(now, sample.RoundTripMicros, sample.SampleBytes));
        }

        if (sample.AckedDatagrams > 0)
        {
            _isAwaited = sample.IsAwaited;
        }

        _wasFull |= sample.FillsWindow;
        _roundLost += sample.LostDatagrams;
        _loss.Take(sample.AckedDatagrams, sample.LostDatagrams);
        _suspicion.TakeAcked(sample.AckedBytes);
        _queueLoss.Take(now, sample.AckedDatagrams, sample.LostDatagrams, _queue.Micros);
        if (_isStarting)
        {
            Start(sample);
        }
        else if (IsCompeting)
        {
            TakeAckCompeting(now, sample);
        }

        if (sample.IsRoundEnd)
        {
            EndRound(now, sample);
            _wasFull = false;
            _roundLost = 0;
        }

        _window = Math.Clamp(_window, WindowMin, WindowMaxBytes);
    }

    /// <summary>Half for each such pause, and from there the start: what was known of the path grows old (RFC 9002, section 7.8, after RFC 5681, section 4.1). In the pause CUBIC's time stands still.</summary>
    public void TakeRestart(Instant now)
    {
        if (_lastAckAt == Instant.Never)
        {
            return;
        }

        long pause = now.Micros - _lastAckAt.Micros;
        _cubic.Skip(pause);
        _lastAckAt = now;
        long halvings = Math.Min(pause / 1000 / RestartMillis, HalvingsMax);
        if (halvings > 0 && !_isStarting && _window > RestartWindowBytes)
        {
            _startEnds = _window;
            _window = Math.Max(_window >> (int)halvings, RestartWindowBytes);
            _isStarting = !IsCompeting;
            if (IsCompeting)
            {
                _cubic.Begin(_window);
            }
        }
    }

    public void TakeTimeout(Instant now)
    {
        IsCompeting = false;
        _dip.GiveUp();
        _suspicion.Reset();
        _startEnds = Math.Max(_window / 2, WindowMin);
        _window = WindowMin;
        _isStarting = true;
    }

    public void Reset(Instant now)
    {
        _path.Reset();
        _rate.Reset();
        _queue.Reset();
        _loss.Reset();
        _queueLoss.Reset();
        IsCompeting = false;
        _dip.GiveUp();
        _suspicion.Reset();
        _window = WindowAtFirstBytes;
        _startEnds = WindowMaxBytes;
        _isStarting = true;
        _emptyRounds = _calmRounds = 0;
        _queuedAt = 0;
        _nextEmptying = _leastSince = Instant.Never;
        _smoothedMicros = 0;
    }

    /// <summary>The window grows by half in a round trip, twofold when somebody waits, until datagrams wait, or a timeout's half is reached.</summary>
    private void Start(in AckSample sample)
    {
        if (_queue.Micros > StartRise())
        {
            _isStarting = false;
            long fits = _rate.BytesPerSecond * (_path.Micros + (StreamLimits.AckDelayMillis * 1000)) / 1_000_000;
            _window = Math.Min(_window, Math.Max(fits, WindowMin));
            return;
        }

        _window += sample.IsFull ? (_isAwaited ? sample.AckedBytes : sample.AckedBytes / 2) : 0;
        _isStarting = _window < _startEnds;
    }

    /// <summary>RFC 9406, section 4.2: an eighth of the round trip, in bounds. Below a typist's target nobody can be sure.</summary>
    private long StartRise() => _isAwaited ? Math.Clamp(_path.Micros / 8, TargetInteractiveMicros, StartRiseMicrosMax) : TargetInteractiveMicros;

    private void EndRound(Instant now, in AckSample sample)
    {
        _rate.EndRound();
        _isCongestion = _queueLoss.IsCongestion();
        _suspicion.EndRound(now, _wasFull, _window <= WindowMin * 3 / 2, _queue.Micros, TargetFor(sample.IsInteractive));
        if (IsCompeting)
        {
            EndRoundCompeting(now);
            return;
        }

        if (_emptyRounds > 0)
        {
            _emptyRounds--;
            return;
        }

        long target = TargetFor(sample.IsInteractive);
        if (_isAwaited && LookForOthers(now))
        {
            return;
        }

        bool isQueueLoss = _isCongestion || (_roundLost > 0 && _queue.Micros > target * 3 / 2);
        if (_loss.IsTooMuch() || isQueueLoss)
        {
            // Once in a round trip.
            _queuedAt = _window;
            _calmRounds = 0;
            _window = _window * LossJudge.CutPercent / 100;
            _isStarting = false;
        }
        else if (_queue.Micros > target)
        {
            _isStarting = false;
            _queuedAt = _window;
            long excess = _rate.BytesPerSecond * (_queue.Micros - target) / 1_000_000;
            _window -= Math.Min(_window / 2, excess * ExcessPercent / 100);
        }
        else if (!_isStarting && _wasFull)
        {
            Grow(target);
        }

        EmptyNowAndThen(now);
        DoubtThePath(now);
    }

    /// <summary>The longer nothing waits at all, the faster: the path has room for much more than was thought.</summary>
    private void Grow(long target)
    {
        _calmRounds = _queue.Micros <= target / CalmPart && _roundLost == 0 ? Math.Min(_calmRounds + 1, CalmRoundsMax) : 0;
        int wait = _window > _queuedAt / 2 ? CalmRoundsNear : CalmRoundsMin;
        long most = _rate.BytesPerSecond * target / 1_000_000 * GrowthOfTargetPercent / 100;
        long step = Math.Min(Math.Max(EmptyPath.FullBytes, _window / GrowthPart), Math.Max(most, EmptyPath.FullBytes / 16));
        step = Math.Max(step, Math.Min(step << Math.Max(0, _calmRounds - wait), _window / CalmGrowthPart));
        _window += step * (target - _queue.Micros) / target;
    }

    private long TargetFor(bool isInteractive) =>
        Math.Min(Math.Max(isInteractive ? TargetInteractiveMicros : TargetMicros, _queue.JitterMicros), TargetMaxMicros);
}
