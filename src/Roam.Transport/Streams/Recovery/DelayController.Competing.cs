namespace Roam.Transport;

/// <summary>
/// Beside one who fills the queue, giving way is giving up. So while somebody waits for our bytes, and the queue is not ours (<see cref="Suspicion"/>, <see cref="QueueDip"/>) or one that is
/// shorter than our target overflows (<see cref="QueueLoss"/>), the window is CUBIC's. Now and then it dips: when the queue is ours alone, the delay decides again.
/// </summary>
internal sealed partial class DelayController
{
    /// <summary>Between two dips, doubling: a mistake is soon mended, a competitor seldom helped.</summary>
    private const long DipPauseMillisMin = 500;
    private const long DipPauseMillisMax = 8000;

    /// <summary>So long it takes until the round trips show a new window.</summary>
    private const int DipRestRounds = 3;

    /// <summary>A dip of few datagrams says nothing.</summary>
    private const int DipDatagramsMin = 8;

    /// <summary>A competitor's own cut looks like ours alone: so many dips in a row must say so.</summary>
    private const int OursNeeded = 2;

    /// <summary>At first we take as much as half of what the path carried when it was ours.</summary>
    private const int FairPart = 2;

    /// <summary>
    /// From there the window grows, twofold in a round when nothing is known, until a round makes the round trip longer by this part, in percent: with a share S of the path it does so by S, and
    /// by something of the other's. Later with a poor share it grows by half, until S / 2.
    /// </summary>
    private const long StartRisePercent = 60;
    private const long StartAgainRisePercent = 20;

    /// <summary>With so little of the path it starts again.</summary>
    private const long PoorSharePercent = 30;

    private readonly Suspicion _suspicion = new();
    private readonly QueueDip _dip = new();
    private readonly QueueLoss _queueLoss = new();
    private readonly Cubic _cubic = new(EmptyPath.FullBytes, WindowAtFirstBytes);

    private Instant _nextDip = Instant.Zero;
    private long _dipPauseMillis = DipPauseMillisMin;

    /// <summary>CUBIC begins: the window grows by half in a round until the queue is so long.</summary>
    private long _startQueueMicros;
    private bool _isFirstStart;
    private int _ours;

    /// <summary>Rounds until the round trips show the window as it is now.</summary>
    private int _dipRest;

    /// <summary>With CUBIC's window.</summary>
    internal bool IsCompeting { get; private set; }

    private void Compete(Instant now)
    {
        IsCompeting = true;
        _isStarting = false;
        long roundTrip = _path.Micros + _queue.Micros;
        long fair = _suspicion.RateBytesPerSecond / FairPart * roundTrip / 1_000_000;
        bool isKnown = fair > _window && fair >= RestartWindowBytes;
        _window = Math.Max(Math.Max(_window, fair), WindowMin);
        _cubic.Begin(_window);
        _isFirstStart = !isKnown;
        StartAgain();
        _emptyRounds = _ours = 0;
        _dipRest = DipRestRounds;
        _dipPauseMillis = DipPauseMillisMin;
        _nextDip = now.PlusMillis(_dipPauseMillis);
    }

    private void StopCompeting()
    {
        IsCompeting = false;
        _calmRounds = 0;
        _queuedAt = _window;
        long fits = _rate.BytesPerSecond * (_path.Micros + TargetFor(_isInteractive)) / 1_000_000;
        _window = Math.Min(_window, Math.Max(fits, WindowMin));
        _nextEmptying = _leastSince = Instant.Never;
    }

    private void TakeAckCompeting(Instant now, in AckSample sample)
    {
        if (!sample.IsFull || _dip.IsUnderWay)
        {
            return;
        }

        if (_queue.Micros < _startQueueMicros)
        {
            _cubic.Begin(_window + (_isFirstStart ? sample.AckedBytes : sample.AckedBytes / 2));
        }
        else
        {
            _startQueueMicros = 0;
            _cubic.TakeAcked(now, sample.AckedBytes, sample.SmoothedMicros);
        }

        _window = _cubic.WindowBytes;
    }

    private void EndRoundCompeting(Instant now)
    {
        if (_isCongestion || _loss.IsTooMuch())
        {
            CutByCubic(now);
        }
        else if (!_isAwaited)
        {
            StopCompeting();
        }
        else if (_dip.IsUnderWay)
        {
            EndDipRound(now);
        }
        else if (_startQueueMicros != 0)
        {
            _dipRest = DipRestRounds;
            StartAgain();
        }
        else if (_dipRest > 0)
        {
            _dipRest--;
        }
        else if (now >= _nextDip && _queue.Micros > TargetFor(_isInteractive) * 3 / 2 && _window >= DipDatagramsMin * EmptyPath.FullBytes)
        {
            _dip.Begin(_path.Micros, _queue.Micros);
        }
    }

    private void CutByCubic(Instant now)
    {
        _cubic.Cut(WindowMin);
        _window = _cubic.WindowBytes;
        _startQueueMicros = 0;
        _dip.GiveUp();
        _dipRest = DipRestRounds;
        _nextDip = Instant.Max(_nextDip, now.PlusMillis(DipPauseMillisMin));
    }

    private void EndDipRound(Instant now)
    {
        _cubic.Skip(_smoothedMicros);
        if (!_dip.EndRound(_queue.Micros))
        {
            return;
        }

        if (!IsCompeting)
        {
            if (_dip.IsOurs)
            {
                _suspicion.Clear();
            }
            else
            {
                Compete(now);
            }

            return;
        }

        _dipRest = DipRestRounds;
        _ours = _dip.IsOurs ? _ours + 1 : 0;
        if (_ours == OursNeeded)
        {
            _suspicion.Clear();
            StopCompeting();
        }
        else if (_ours == 0)
        {
            _dipPauseMillis = Math.Min(2 * _dipPauseMillis, DipPauseMillisMax);
            _nextDip = now.PlusMillis(_dipPauseMillis);
            if (_dip.SharePercent < PoorSharePercent)
            {
                _isFirstStart = false;
                StartAgain();
            }
        }
    }

    private void StartAgain() =>
        _startQueueMicros = _queue.Micros + ((_path.Micros + _queue.Micros) * (_isFirstStart ? StartRisePercent : StartAgainRisePercent) / 100);

    /// <summary>While the delay decides, somebody waits and a round is over. True: nothing else is to be done in it.</summary>
    private bool LookForOthers(Instant now)
    {
        if (_isCongestion)
        {
            _dip.GiveUp();
            long window = _window;
            Compete(now);
            _cubic.Begin(_window = window);
            CutByCubic(now);
            return true;
        }

        if (_dip.IsUnderWay)
        {
            EndDipRound(now);
            return true;
        }

        if (_isStarting)
        {
            return false;
        }

        if (_suspicion.IsSure)
        {
            Compete(now);
            return true;
        }

        if (_suspicion.IsDue && _window > WindowMin * 3 / 2)
        {
            _dip.Begin(_path.Micros, _queue.Micros);
            return true;
        }

        return false;
    }
}
