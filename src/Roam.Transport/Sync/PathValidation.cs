namespace Roam.Transport;

/// <summary>
/// Asks over UDP, quietly, whether it gets through while the session goes through ssh (RFC 9000, section 8.2): a random word to each address, one round after the other at growing
/// pauses. Whoever sends it back has shown that both directions work.
/// </summary>
internal sealed class PathValidation
{
    internal const int TokenBytes = 8;
    internal const long PauseMillisMin = 1000;
    internal const long PauseMillisMax = 30_000;

    /// <summary>UDP that fails again so soon after it came back is asked later the next time: the first pause doubles.</summary>
    internal const long FlapMillis = 60_000;

    private readonly ulong[] _tokens = new ulong[PeerCandidates.CountMax];
    private readonly IRandom _random;
    private long _firstPauseMillis = PauseMillisMin;
    private long _pauseMillis;
    private Instant _stoppedAt = new(long.MinValue / 2);
    private int _count;
    private int _next;

    internal PathValidation(IRandom random) => _random = random;

    internal bool IsRunning { get; private set; }

    /// <summary>When the next round begins.</summary>
    internal Instant NextRound { get; private set; } = Instant.Never;

    internal bool HasChallenges => _next < _count;

    /// <summary>The session goes through ssh now.</summary>
    internal void Start(Instant now)
    {
        bool isFlap = now.MillisSince(_stoppedAt) < FlapMillis;
        _firstPauseMillis = isFlap ? Math.Min(_firstPauseMillis * 2, PauseMillisMax) : PauseMillisMin;
        _pauseMillis = _firstPauseMillis;
        IsRunning = true;
        NextRound = now.PlusMillis(_pauseMillis);
    }

    /// <summary>UDP is used again.</summary>
    internal void Stop(Instant now)
    {
        if (IsRunning)
        {
            Suspend();
            _stoppedAt = now;
        }
    }

    /// <summary>The way through ssh is gone for the moment: nothing is learnt of UDP by that.</summary>
    internal void Suspend()
    {
        IsRunning = false;
        _count = _next = 0;
        NextRound = Instant.Never;
    }

    /// <summary>Another network may let UDP through; what was learnt of the old one is no damper.</summary>
    internal void NetworkChanged(Instant now)
    {
        if (IsRunning)
        {
            _firstPauseMillis = _pauseMillis = PauseMillisMin;
            NextRound = now;
        }
    }

    /// <summary>New words for so many addresses. An answer to an older round counts no more.</summary>
    internal void BeginRound(Instant now, int count)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        for (int i = 0; i < count; i++)
        {
            _random.Fill(bytes);
            _tokens[i] = BitConverter.ToUInt64(bytes);
        }

        (_count, _next) = (count, 0);
        NextRound = now.PlusMillis(_pauseMillis);
        _pauseMillis = Math.Min(_pauseMillis * 2, PauseMillisMax);
    }

    /// <summary>The next address to be asked, and its word.</summary>
    internal int TakeChallenge(out ulong token)
    {
        token = _tokens[_next];
        return _next++;
    }

    /// <summary>Which address was asked with that word; -1: none, lately.</summary>
    internal int Find(ulong token) => IsRunning ? Array.IndexOf(_tokens, token, 0, _next) : -1;
}
