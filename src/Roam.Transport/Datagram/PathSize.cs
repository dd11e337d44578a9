namespace Roam.Transport;

/// <summary>
/// The longest datagram that the path carries. Tunnels and some mobile networks drop longer ones without a word, so it is found out by what is acknowledged (RFC 8899's idea
/// with SSP's own acknowledgements). It begins at stock's size. When states cut into long datagrams stay unanswered and one cut short arrives in their place, it falls to the
/// floor, which every path carries; later, in quiet moments, padded acknowledgements look for a longer one that passes.
/// </summary>
internal sealed class PathSize
{
    /// <summary>Stock's size after EMSGSIZE: an IP packet of 576 bytes, which RFC 791 asks every host to take.</summary>
    internal const int FloorBytes = SspLimits.FallbackDatagramBytes;

    /// <summary>A probe is shorter than asked by no more than this: how long it becomes is known only after it was compressed.</summary>
    internal const int PaddingMaxBytes = 80;

    /// <summary>The search ends when the size is known to so many bytes.</summary>
    private const int PrecisionBytes = 2 * PaddingMaxBytes;

    /// <summary>A search begins so long after a fall, and after a search that ended short of the ceiling (RFC 8899 section 5.1.1, PMTU_RAISE_TIMER).</summary>
    private const long FirstSearchMillis = 15_000;
    private const long NextSearchMillis = 600_000;

    /// <summary>An idle peer acknowledges a bare acknowledgement with its own next, up to 3 s later.</summary>
    private const long ProbeMillis = 4000;

    /// <summary>RFC 8899 section 5.1.2, MAX_PROBES.</summary>
    private const int TriesMax = 3;

    /// <summary>Loss in parts per million from which more evidence is needed.</summary>
    private const int SomeLoss = 30_000;
    private const int MuchLoss = 150_000;

    private int _ceiling;
    private Instant _arrivedAt = Instant.Zero;
    private int _failures;
    private Instant _searchAt = Instant.Never;
    private int _refused;
    private int _asked;
    private int _tried;
    private int _tries;
    private ulong _probe;

    internal PathSize(int ceilingBytes) => Reset(ceilingBytes);

    /// <summary>What datagrams are cut to now.</summary>
    internal int Bytes { get; private set; }

    /// <summary>A long datagram was seen to arrive.</summary>
    internal bool IsProven { get; private set; }

    /// <summary>Another path: begins anew.</summary>
    internal void Reset(int ceilingBytes)
    {
        _ceiling = Bytes = ceilingBytes;
        _failures = 0;
        IsProven = false;
        _searchAt = Instant.Never;
        _probe = 0;
    }

    /// <summary>The system refused a datagram (EMSGSIZE). False: it was short already.</summary>
    internal bool TryFall(Instant now)
    {
        if (Bytes <= FloorBytes)
        {
            return false;
        }

        Bytes = FloorBytes;
        _failures = 0;
        _refused = _ceiling + 1;
        _tries = 0;
        _searchAt = now.PlusMillis(FirstSearchMillis);
        return true;
    }

    /// <summary>Whether long datagrams have been unanswered for long enough to try short ones. Where much is lost by chance it takes longer.</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="oldestSentAt">When the oldest unanswered one left.</param>
    /// <param name="patienceMillis">Longer than any peer holds an acknowledgement back.</param>
    /// <param name="isProbe">The peer is asked again for something it should have answered: reason enough on a path that has not carried long ones yet.</param>
    /// <param name="loss">Of the path, in parts per million; all of it: not known, so nothing is concluded.</param>
    internal bool IsSuspect(Instant now, Instant oldestSentAt, long patienceMillis, bool isProbe, int loss)
    {
        if (loss == Ratio.One || oldestSentAt == Instant.Never)
        {
            return false;
        }

        int times = loss >= MuchLoss ? 4 : loss >= SomeLoss ? 2 : 1;
        bool isFirst = isProbe && !IsProven && times == 1;
        return isFirst || now.MillisSince(Instant.Max(oldestSentAt, _arrivedAt)) >= times * patienceMillis;
    }

    /// <summary>A state of long datagrams arrived.</summary>
    internal void TakeArrived(Instant now)
    {
        _arrivedAt = now;
        _failures = 0;
        IsProven = true;
    }

    /// <summary>States of long datagrams stayed unanswered, and one of short datagrams arrived after them.</summary>
    internal void TakeMissed(Instant now, int loss)
    {
        _failures++;
        if (_failures >= (loss >= SomeLoss || IsProven ? 2 : 1))
        {
            TryFall(now);
        }
    }

    /// <summary>Length of a datagram to try with an acknowledgement that is due; 0: none.</summary>
    internal int NextProbeBytes(Instant now)
    {
        if (now < _searchAt)
        {
            return 0;
        }

        if (_tries == TriesMax)
        {
            _refused = Math.Min(_asked, _refused);
            _tries = 0;
        }

        // First the ceiling: the fall may have been by chance.
        int next = _refused > _ceiling ? _ceiling : (Bytes + _refused) / 2;
        if (next - Bytes < PrecisionBytes)
        {
            _refused = _ceiling + 1;
            _searchAt = now.PlusMillis(NextSearchMillis);
            return 0;
        }

        _asked = next;
        return next;
    }

    /// <summary>The probe left, as the state of that number, in a datagram a little shorter than asked.</summary>
    internal void TakeProbeSent(Instant now, ulong number, int bytes)
    {
        _tries++;
        (_tried, _probe) = (bytes, number);
        _searchAt = now.PlusMillis(ProbeMillis);
    }

    /// <summary>A state was acknowledged; when it is the probe itself, its length passes.</summary>
    internal void TakeAcknowledged(ulong number)
    {
        if (_probe == 0 || number != _probe)
        {
            return;
        }

        _probe = 0;
        _tries = 0;
        Bytes = Math.Max(Bytes, _tried);
        if (Bytes > _ceiling - PaddingMaxBytes)
        {
            Bytes = _ceiling;
            IsProven = true;
            _searchAt = Instant.Never;
        }
    }
}
