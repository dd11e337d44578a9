namespace Roam.Transport;

/// <summary>
/// The way through ssh beside the addresses of a server: when it is wanted, tried, and needed no longer. A session is to go on two seconds and a
/// half after UDP stopped, and nobody is asked.
/// <list type="table">
/// <item>nothing was ever heard: tried <see cref="StartMillis"/> after the start;</item>
/// <item>something was asked and nothing came for <see cref="SilenceMillisMin"/>, or three round trips and a second if that is longer: tried;</item>
/// <item>nothing was asked: after <see cref="PeerCandidates.IdleMillis"/> of silence, as the other addresses;</item>
/// <item>unanswered tries are repeated at pauses from <see cref="RetryMillisMin"/> to <see cref="RetryMillisMax"/>;</item>
/// <item>when it is wanted and not there, the host is asked for it once in each silence; it is tried the moment it is there;</item>
/// <item>it is not needed any more when UDP has answered and went on doing so for <see cref="ProvenMillis"/>.</item>
/// </list>
/// </summary>
internal sealed class CarriedPlace(Instant start, CarrierUse use)
{
    internal const long StartMillis = 2000;
    internal const long SilenceMillisMin = 2000;
    internal const int SilenceRoundTrips = 3;
    internal const long SilenceExtraMillis = 1000;
    internal const long RetryMillisMin = 1000;
    internal const long RetryMillisMax = 3000;
    internal const long ProvenMillis = 3000;

    private Instant _silentAt = use == CarrierUse.Fallback ? start.PlusMillis(StartMillis) : Instant.Never;
    private Instant _tryAt = Instant.Never;
    private Instant _unneededAt = Instant.Never;
    private long _retryMillis = RetryMillisMin;
    private bool _isAsked;
    private bool _isSilent;
    private bool _wantsCarrier = use == CarrierUse.Only;
    private bool _isUnneeded;

    /// <summary>The host was asked, and goes on trying until it is told that it need not.</summary>
    private bool _isRequested;

    internal CarrierUse Use => use;

    /// <summary>None: there is no way through ssh now.</summary>
    internal PeerAddress Address { get; private set; }

    /// <summary>Since when an answer is waited for, while one is.</summary>
    internal Instant AskedAt { get; private set; } = start;

    internal bool IsReady => !Address.IsNone;

    /// <summary>When <see cref="TryTake"/> and <see cref="HandleTimeout"/> are to be called.</summary>
    internal Instant NextTimeout => Instant.Min(_tryAt, Instant.Min(_silentAt, _unneededAt));

    internal bool TakeWantsCarrier()
    {
        bool wants = _wantsCarrier;
        _wantsCarrier = false;
        _isRequested |= wants;
        return wants;
    }

    internal bool TakeUnneeded()
    {
        bool isUnneeded = _isUnneeded;
        _isUnneeded = false;
        return isUnneeded;
    }

    internal void Ready(Instant now, in PeerAddress address)
    {
        Address = address;
        _wantsCarrier = false;
        _retryMillis = RetryMillisMin;
        _tryAt = _isSilent && use == CarrierUse.Fallback ? now : Instant.Never;
    }

    /// <summary>It is gone. Wanted again at once when it was in use, or when nothing is heard.</summary>
    internal void Lost(bool wasCurrent)
    {
        Address = default;
        _isSilent |= wasCurrent;
        _tryAt = Instant.Never;
        _unneededAt = Instant.Never;
        _wantsCarrier |= wasCurrent || _isSilent || use == CarrierUse.Only;
    }

    internal void Asked(Instant now, in RoundTrip roundTrip)
    {
        if (!_isAsked && _silentAt != Instant.Never)
        {
            _isAsked = true;
            AskedAt = now;
            long silence = Math.Max(SilenceMillisMin, (SilenceRoundTrips * roundTrip.SrttMicros / 1000) + SilenceExtraMillis);
            _silentAt = Instant.Min(_silentAt, now.PlusMillis(silence));
        }
    }

    /// <param name="now">The time of the loop turn.</param>
    /// <param name="isCarried">The current place is this one.</param>
    /// <param name="isAnswer">The peer has lately got something of ours. Where only our direction is blocked it goes on speaking and says nothing of that.</param>
    internal void Heard(Instant now, bool isCarried, bool isAnswer)
    {
        if (use != CarrierUse.Fallback || (!isCarried && !isAnswer && (_isAsked || _isSilent)))
        {
            return;
        }

        _isAsked = _isSilent = false;
        _wantsCarrier = false;
        _tryAt = Instant.Never;
        _retryMillis = RetryMillisMin;
        _silentAt = isCarried ? Instant.Never : now.PlusMillis(PeerCandidates.IdleMillis);
        _unneededAt = isCarried ? Instant.Never : (IsReady || _isRequested) && _unneededAt == Instant.Never ? now.PlusMillis(ProvenMillis) : _unneededAt;
    }

    /// <summary>The host's network changed: UDP gets its chance first.</summary>
    internal void NetworkChanged(Instant now)
    {
        if (_silentAt != Instant.Never)
        {
            _silentAt = Instant.Max(_silentAt, now.PlusMillis(SilenceMillisMin));
        }
    }

    internal void HandleTimeout(Instant now)
    {
        if (_silentAt <= now)
        {
            _silentAt = Instant.Never;
            _isSilent = true;
            AskedAt = _isAsked ? AskedAt : now;
            _unneededAt = Instant.Never;
            _tryAt = IsReady ? now : Instant.Never;
            _wantsCarrier |= !IsReady;
        }

        if (_unneededAt <= now)
        {
            _isRequested = false;
            _unneededAt = Instant.Never;
            _isUnneeded = true;
        }
    }

    /// <summary>True: the next datagram goes this way.</summary>
    internal bool TryTake(Instant now)
    {
        if (_tryAt > now)
        {
            return false;
        }

        _tryAt = now.PlusMillis(_retryMillis);
        _retryMillis = Math.Min(_retryMillis * 2, RetryMillisMax);
        return true;
    }
}
