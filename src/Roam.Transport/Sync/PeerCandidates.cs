namespace Roam.Transport;

/// <summary>
/// The addresses of one server, of either family, and which of them is used. The current one is the one that answers; while it does, nothing goes to the others.
/// <list type="table">
/// <item>nothing was ever heard: the others are tried in turn, <see cref="RoundMillis"/> apart, beginning that long after the start;</item>
/// <item>data went out and nothing was heard for <see cref="SilenceMillisMin"/>, or three round trips if that is longer: they are tried;</item>
/// <item>nothing went out that asks for an answer: they are tried after <see cref="IdleMillis"/> of silence, two regular acknowledgements and some;</item>
/// <item>the host's network changed: both times begin anew, the second with <see cref="ChangedMillis"/>;</item>
/// <item>the system has no way to the current one: they are tried at once;</item>
/// <item>one round goes by at <see cref="RoundMillis"/>, later tries (the current one has its turn too) at doubling pauses up to <see cref="PauseMillisMax"/>: a dead link sees no more;</item>
/// <item>during such a search the first address that answers is the current one from then on. Else answers from another address change nothing.</item>
/// </list>
/// What goes there is a datagram of its own with the next sequence number, so the server follows it by the rule for roaming clients, ours as stock's.
/// </summary>
public sealed class PeerCandidates
{
    /// <summary>Addresses beyond are not used.</summary>
    public const int CountMax = 8;

    /// <summary>RFC 8305 section 5: the delay between two attempts.</summary>
    public const long RoundMillis = 250;
    public const long PauseMillisMin = 1000;
    public const long PauseMillisMax = 3000;
    public const long SilenceMillisMin = 1000;
    public const int SilenceRoundTrips = 3;
    public const long IdleMillis = 7000;
    public const long ChangedMillis = 4000;

    private readonly PeerAddress[] _addresses;
    private int _current;
    private int _last;
    private int _tries;
    private long _pauseMillis;
    private bool _isAsked;
    private bool _wasHeard;

    /// <summary>Something went to another address since the server was last heard: an answer from there is an answer to it.</summary>
    private bool _hasStrayed;

    /// <summary>At least one address; the first is the current one.</summary>
    public PeerCandidates(Instant now, ReadOnlySpan<PeerAddress> addresses)
    {
        _addresses = addresses[..Math.Min(addresses.Length, CountMax)].ToArray();
        Begin(now.PlusMillis(RoundMillis));
    }

    public PeerAddress Current => _addresses[_current];

    /// <summary>When to call <see cref="TakeTry"/>; never with a single address.</summary>
    public Instant NextTry { get; private set; }

    /// <summary>The address that the next datagram goes to besides the current one.</summary>
    public PeerAddress TakeTry(Instant now)
    {
        _last = (_last + 1) % _addresses.Length;
        _hasStrayed |= _last != _current;
        _tries++;
        if (_tries >= _addresses.Length)
        {
            _pauseMillis = Math.Clamp(_pauseMillis * 2, PauseMillisMin, PauseMillisMax);
        }

        NextTry = now.PlusMillis(_pauseMillis);
        return _addresses[_last];
    }

    /// <summary>A datagram left that the peer answers at once, unlike a bare acknowledgement.</summary>
    public void Asked(Instant now, in RoundTrip roundTrip)
    {
        if (!_isAsked && _tries == 0)
        {
            _isAsked = true;
            long silence = Math.Max(SilenceMillisMin, SilenceRoundTrips * roundTrip.SrttMicros / 1000);
            Limit(now.PlusMillis(silence));
        }
    }

    /// <summary>An authentic datagram came, newer than all before. True: the current address is another one now.</summary>
    public bool Heard(Instant now, in PeerAddress from)
    {
        int index = IndexOf(from);
        bool moves = _hasStrayed && index >= 0 && index != _current;
        if (moves)
        {
            _current = index;
        }

        _wasHeard = true;
        _hasStrayed = false;
        Begin(now.PlusMillis(IdleMillis));
        return moves;
    }

    /// <summary>The host's network changed: the current address gets its chance first.</summary>
    public void NetworkChanged(Instant now) =>
        Begin(now.PlusMillis(!_wasHeard ? RoundMillis : _isAsked ? SilenceMillisMin : ChangedMillis));

    /// <summary>The system could not send to the current address.</summary>
    public void Unreachable(Instant now)
    {
        if (_tries == 0)
        {
            Limit(now);
        }
    }

    private void Begin(Instant nextTry)
    {
        _tries = 0;
        _isAsked = false;
        _pauseMillis = RoundMillis;
        _last = _current;
        NextTry = _addresses.Length > 1 ? nextTry : Instant.Never;
    }

    private void Limit(Instant nextTry)
    {
        if (_addresses.Length > 1)
        {
            NextTry = Instant.Min(NextTry, nextTry);
        }
    }

    /// <summary>
    /// A server with several addresses may answer from one that it was not reached at. Then the family tells: the current address if it is of the same one, else the first that is.
    /// -1: none.
    /// </summary>
    private int IndexOf(in PeerAddress from)
    {
        int index = Array.IndexOf(_addresses, from);
        if (index >= 0 || Current.IsIPv6 == from.IsIPv6)
        {
            return index >= 0 ? index : _current;
        }

        bool isIPv6 = from.IsIPv6;
        return Array.FindIndex(_addresses, address => address.IsIPv6 == isIPv6);
    }
}
