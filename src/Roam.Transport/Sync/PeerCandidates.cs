namespace Roam.Transport;

/// <summary>
/// The addresses of one server, of either family, and which of them is used. The current one is the one that answers; while it does, nothing goes to the others.
/// <list type="table">
/// <item>nothing was ever heard: the others are tried in turn, <see cref="StartMillis"/> apart, beginning that long after the start;</item>
/// <item>data went out and nothing was heard for <see cref="SilenceMillisMin"/>, or three round trips if that is longer: they are tried;</item>
/// <item>nothing went out that asks for an answer: they are tried after <see cref="IdleMillis"/> of silence, two regular acknowledgements and some;</item>
/// <item>the host's network changed: both times begin anew, the second with <see cref="ChangedMillis"/>;</item>
/// <item>the system has no way to the current one: they are tried at once;</item>
/// <item>one round goes by at <see cref="RoundMillis"/>, later tries (the current one has its turn too) at doubling pauses up to <see cref="PauseMillisMax"/>: a dead link sees no more;</item>
/// <item>during such a search the first address that answers is the current one from then on. Else answers from another address change nothing.</item>
/// </list>
/// Beside them there may be a way through ssh (<see cref="CarriedPlace"/>); while that is the current one, nothing is asked of the others but whether they work (<see cref="PathValidation"/>).
/// What goes there is a datagram of its own with the next sequence number, so the server follows it by the rule for roaming clients, ours as stock's.
/// </summary>
public sealed class PeerCandidates
{
    /// <summary>Addresses beyond are not used.</summary>
    public const int CountMax = 8;

    /// <summary>RFC 8305 section 5: the delay between two attempts.</summary>
    public const long RoundMillis = 250;

    /// <summary>The same section's least delay: nobody waits for a first screen longer than needed.</summary>
    public const long StartMillis = 100;
    public const long PauseMillisMin = 1000;
    public const long PauseMillisMax = 3000;
    public const long SilenceMillisMin = 1000;
    public const int SilenceRoundTrips = 3;
    public const long IdleMillis = 7000;
    public const long ChangedMillis = 4000;

    /// <summary>In the place of an index: the way through ssh; no place at all.</summary>
    private const int Carried = -1;
    private const int None = -2;

    private readonly PeerAddress[] _addresses = new PeerAddress[CountMax];
    private readonly CarriedPlace _carried;
    private readonly PathValidation? _validation;
    private int _count;
    private Instant _nextTry;

    /// <summary>Of an address; <see cref="Carried"/>: the way through ssh.</summary>
    private int _current;
    private int _last;

    /// <summary>The address that was current before the way through ssh.</summary>
    private int _lastAddress;
    private int _tries;
    private long _pauseMillis;
    private bool _isAsked;
    private bool _wasHeard;

    /// <summary>Something went to another address since the server was last heard: an answer from there is an answer to it.</summary>
    private bool _hasStrayed;

    /// <summary>The first address is the current one. With ssh as the only way there is none.</summary>
    public PeerCandidates(Instant now, ReadOnlySpan<PeerAddress> addresses, CarrierUse use = CarrierUse.None, IRandom? random = null)
    {
        _count = use == CarrierUse.Only ? 0 : Math.Min(addresses.Length, CountMax);
        addresses[.._count].CopyTo(_addresses);
        _carried = new CarriedPlace(now, use);
        _validation = use == CarrierUse.Fallback && random is not null ? new PathValidation(random) : null;
        _current = _count == 0 ? Carried : 0;
        Begin(now.PlusMillis(StartMillis), StartMillis);
    }

    /// <summary>None when ssh is the only way and there is none now.</summary>
    public PeerAddress Current => _current == Carried ? _carried.Address : _addresses[_current];

    /// <summary>Whether the peer answers challenges; before that is known UDP is tried as any other address.</summary>
    public bool MayChallenge { get; set; }

    private bool HasOthers => _current == Carried ? _count > 0 : _count > 1;

    /// <summary>When to call <see cref="TakeTry"/>; never with a single address.</summary>
    public Instant NextTry => Instant.Min(_nextTry, _carried.NextTimeout);

    /// <summary>When to call <see cref="BeginChallenges"/>.</summary>
    public Instant NextChallenge => MayChallenge && _validation is not null ? _validation.NextRound : Instant.Never;

    public bool HasChallenges => _validation is { HasChallenges: true };

    /// <summary>The host should make a way through ssh. Asked once in each silence.</summary>
    internal bool TakeWantsCarrier() => _carried.TakeWantsCarrier();

    /// <summary>The host may close the way through ssh.</summary>
    internal bool TakeUnneeded() => _carried.TakeUnneeded();

    /// <summary>The address that the next datagram goes to besides the current one. None: nothing goes after all.</summary>
    public PeerAddress TakeTry(Instant now)
    {
        _carried.HandleTimeout(now);
        if (_carried.TryTake(now))
        {
            _hasStrayed |= _current != Carried;
            return _carried.Address;
        }

        if (_nextTry > now || _count == 0)
        {
            return default;
        }

        _last = (_last + 1) % _count;
        _hasStrayed |= _last != _current;
        _tries++;
        if (_tries >= _count)
        {
            _pauseMillis = Math.Clamp(_pauseMillis * 2, PauseMillisMin, PauseMillisMax);
        }

        _nextTry = now.PlusMillis(_pauseMillis);
        return _addresses[_last];
    }

    /// <summary>One more address, found later. False: there is no room, or it is known.</summary>
    public bool Add(Instant now, in PeerAddress address)
    {
        if (_count == CountMax || _carried.Use == CarrierUse.Only || Array.IndexOf(_addresses, address, 0, _count) >= 0)
        {
            return false;
        }

        _addresses[_count++] = address;
        if (!_wasHeard || _tries != 0)
        {
            // It is the next in a search that goes on.
            (_last, _nextTry) = (_count - 2, now);
        }
        else
        {
            _validation?.NetworkChanged(now);
        }

        return true;
    }

    /// <summary>There is a way through ssh now. True: it is the current one at once.</summary>
    public bool CarrierReady(Instant now, in PeerAddress address)
    {
        _carried.Ready(now, address);
        return _current == Carried;
    }

    /// <summary>It is gone. True: it was the current one.</summary>
    public bool CarrierLost(Instant now)
    {
        bool wasCurrent = _current == Carried;
        _carried.Lost(wasCurrent);
        if (wasCurrent && _count > 0)
        {
            _current = _lastAddress;
            _validation?.Suspend();
            Begin(now, RoundMillis);
        }

        return wasCurrent;
    }

    /// <summary>The next round of challenges: one for each address, to be fetched with <see cref="TakeChallenge"/>.</summary>
    public void BeginChallenges(Instant now) => _validation?.BeginRound(now, _count);

    public PeerAddress TakeChallenge(out ulong token) => _addresses[_validation!.TakeChallenge(out token)];

    /// <summary>A challenge was answered. True: that address is the current one now.</summary>
    public bool Validated(Instant now, ulong token)
    {
        int index = _validation?.Find(token) ?? -1;
        if (index < 0 || _current != Carried)
        {
            return false;
        }

        MoveTo(now, index);
        _hasStrayed = false;
        _carried.Heard(now, isCarried: false, isAnswer: true);
        Begin(now.PlusMillis(IdleMillis), RoundMillis);
        return true;
    }

    /// <summary>A datagram left that the peer answers at once, unlike a bare acknowledgement.</summary>
    public void Asked(Instant now, in RoundTrip roundTrip)
    {
        _carried.Asked(now, roundTrip);
        if (!_isAsked && _tries == 0)
        {
            _isAsked = true;
            long silence = Math.Max(SilenceMillisMin, SilenceRoundTrips * roundTrip.SrttMicros / 1000);
            Limit(now.PlusMillis(silence));
        }
    }

    /// <summary>An authentic datagram came, newer than all before. True: the current address is another one now.</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="from">Its source.</param>
    /// <param name="isAnswer">It shows that the peer got something of ours a moment ago: it echoes a timestamp.</param>
    public bool Heard(Instant now, in PeerAddress from, bool isAnswer = true)
    {
        int index = IndexOf(from);
        bool moves = _hasStrayed && index != None && index != _current;
        if (moves)
        {
            MoveTo(now, index);
        }

        _wasHeard = true;
        _hasStrayed = false;
        _carried.Heard(now, _current == Carried, isAnswer);
        Begin(now.PlusMillis(IdleMillis), RoundMillis);
        return moves;
    }

    /// <summary>A state that left then was acknowledged: if it is one of those asked about, our direction works, whatever the timestamps say.</summary>
    public void Acknowledged(Instant now, Instant sentAt) => _carried.Heard(now, _current == Carried, isAnswer: sentAt >= _carried.AskedAt);

    /// <summary>The host's network changed: the current address gets its chance first.</summary>
    public void NetworkChanged(Instant now)
    {
        _carried.NetworkChanged(now);
        _validation?.NetworkChanged(now);
        Begin(now.PlusMillis(!_wasHeard ? StartMillis : _isAsked ? SilenceMillisMin : ChangedMillis), _wasHeard ? RoundMillis : StartMillis);
    }

    /// <summary>The system could not send to the current address.</summary>
    public void Unreachable(Instant now)
    {
        if (_tries == 0)
        {
            Limit(now);
        }
    }

    private void MoveTo(Instant now, int index)
    {
        if (index == Carried)
        {
            _lastAddress = Math.Max(_current, 0);
            _validation?.Start(now);
        }
        else
        {
            _validation?.Stop(now);
        }

        _current = index;
    }

    private void Begin(Instant nextTry, long pauseMillis)
    {
        _tries = 0;
        _isAsked = false;
        _pauseMillis = pauseMillis;
        _last = Math.Max(_current, 0);
        _nextTry = HasOthers ? nextTry : Instant.Never;
    }

    private void Limit(Instant nextTry)
    {
        if (HasOthers)
        {
            _nextTry = Instant.Min(_nextTry, nextTry);
        }
    }

    /// <summary>
    /// A server with several addresses may answer from one that it was not reached at. Then the family tells: the current address if it is of the same one, else the first that is.
    /// </summary>
    private int IndexOf(in PeerAddress from)
    {
        if (from.IsCarried)
        {
            return from == _carried.Address ? Carried : None;
        }

        int index = Array.IndexOf(_addresses, from, 0, _count);
        if (index >= 0 || (_current != Carried && Current.IsIPv6 == from.IsIPv6))
        {
            return index >= 0 ? index : _current;
        }

        bool isIPv6 = from.IsIPv6;
        index = Array.FindIndex(_addresses, 0, _count, address => address.IsIPv6 == isIPv6);
        return index >= 0 ? index : None;
    }
}
