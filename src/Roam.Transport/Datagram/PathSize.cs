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

    /// <summary>The search ends when it is known to so many bytes.</summary>
    private const int PrecisionBytes = 48;

    /// <summary>A search begins so long after a fall, and after a search that ended short of the ceiling (RFC 8899 section 5.1.1, PMTU_RAISE_TIMER).</summary>
    private const long FirstSearchMillis = 15_000;
    private const long NextSearchMillis = 600_000;

    /// <summary>RFC 8899 section 5.1.2, MAX_PROBES.</summary>
    private const int TriesMax = 3;

    /// <summary>Evidence needed on a path of this loss, in parts per million: where much is lost anyway a long frame is missed by chance.</summary>
    private const int SomeLoss = 30_000;
    private const int MuchLoss = 150_000;

    private int _ceiling;
    private int _failures;
    private bool _isProven;
    private Instant _searchAt = Instant.Never;
    private int _refused;
    private int _tried;
    private int _tries;
    private ulong _probe;

    internal PathSize(int ceilingBytes) => Reset(ceilingBytes);

    /// <summary>What datagrams are cut to now.</summary>
    internal int Bytes { get; private set; }

    /// <summary>Another path: begins anew.</summary>
    internal void Reset(int ceilingBytes)
    {
        _ceiling = Bytes = ceilingBytes;
        _failures = 0;
        _isProven = false;
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
        _tried = 0;
        _searchAt = now.PlusMillis(FirstSearchMillis);
        return true;
    }

    /// <summary>A state of long datagrams arrived.</summary>
    internal void TakeArrived()
    {
        _failures = 0;
        _isProven = true;
    }

    /// <summary>States of long datagrams stayed unanswered, and one of short datagrams arrived after them.</summary>
    internal void TakeMissed(Instant now, int loss)
    {
        _failures++;
        int needed = loss >= MuchLoss ? 5 : loss >= SomeLoss ? 3 : _isProven ? 2 : 1;
        if (_failures >= needed)
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
            _refused = _tried;
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

        return next;
    }

    /// <summary>The probe left, as the state of that number.</summary>
    internal void TakeProbeSent(ulong number, int bytes)
    {
        _tries = bytes == _tried ? _tries + 1 : 1;
        (_tried, _probe) = (bytes, number);
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
        if (Bytes >= _ceiling)
        {
            Bytes = _ceiling;
            _isProven = true;
            _searchAt = Instant.Never;
        }
    }
}
