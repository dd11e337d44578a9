namespace Roam.Transport;

/// <summary>
/// How much is lost, each way. Coming in: gaps in the peer's sequence numbers, counted only once they had time to be filled by a late datagram.
/// Going out: how many exchanges needed a probe. Both are moving averages in parts per million (timing.md section 2).
/// </summary>
internal sealed class LossEstimator
{
    /// <summary>Most lost datagrams that one gap counts for: a blackout is not a lossy path.</summary>
    private const int GapMax = 10;

    private const long FillMinMicros = 60_000;
    private const int FirstWeight = 12;
    private const int LastWeight = 30;
    private const int ReorderWeight = 24;
    private const int ExchangeWeight = 24;

    /// <summary>Below it the outgoing estimate counts as none: a probe too many now and then is no loss.</summary>
    private const int ExchangeNoise = 80_000;
    private const int OutgoingMax = 600_000;

    /// <summary>Missing datagrams under watch; beyond it the oldest counts as lost at once.</summary>
    private const int MissingMax = 2 * GapMax;

    private readonly Missing[] _missing = new Missing[MissingMax];
    private int _missingCount;
    private ulong _expected;
    private int _samples;
    private int _badExchanges;
    private int _copiesMilli = 1000;
    private bool _skipsGap;
    private bool _skipsReport;
    private int _reported;
    private ulong _reportedReceived;
    private ulong _reportedHighest;

    /// <summary>The peer has reported: it is one of ours.</summary>
    internal bool HasReport { get; private set; }

    /// <summary>Share of the peer's datagrams that did not come.</summary>
    internal int Incoming { get; private set; }

    /// <summary>Share of datagrams that came behind a newer one.</summary>
    internal int Reordered { get; private set; }

    /// <summary>Share of ours that did not arrive, as far as the acknowledgements tell.</summary>
    internal int Outgoing
    {
        get
        {
            if (_badExchanges < ExchangeNoise)
            {
                return 0;
            }

            // An exchange fails when our copies all fail, or else the peer's answer does.
            long own = Math.Max(0, _badExchanges - Incoming) * (long)Ratio.One / Math.Max(1, Ratio.One - Incoming);
            return Math.Min(OutgoingMax, Ratio.Root((int)own, (_copiesMilli + 500) / 1000));
        }
    }

    /// <summary>Share of ours that does not arrive: as the peer reports it, else the larger of the two estimates, since most paths lose alike both ways.</summary>
    internal int Ours => HasReport ? _reported : Math.Max(Incoming, Outgoing);

    /// <summary>The peer counts itself: on a path that loses in one direction only nothing else tells which (timing.md section 6).</summary>
    internal void TakeReport(ulong received, ulong highest)
    {
        long sent = (long)(highest - _reportedHighest);
        long lost = sent - (long)(received - _reportedReceived);
        (_reportedHighest, _reportedReceived) = (highest, received);
        if (_skipsReport)
        {
            _skipsReport = false;
            return;
        }

        // Late datagrams make the loss of a report negative, and so take back what an earlier one counted.
        long weight = Math.Min(sent, LastWeight);
        long lostOfWeight = sent > LastWeight ? lost * LastWeight / sent : lost;
        long change = (Math.Min(lostOfWeight, GapMax) * Ratio.One) - (weight * _reported);
        _reported = (int)Math.Clamp(_reported + (change / LastWeight), 0, Ratio.One);
        HasReport = true;
    }

    /// <summary>Back on a path that may lose, after one that did not: what was lost in between is no measure of it.</summary>
    internal void SkipGap()
    {
        _skipsGap = _skipsReport = true;
        _missingCount = 0;
    }

    internal void TakeDatagram(Instant now, ulong sequence, in RoundTrip roundTrip)
    {
        if (sequence >= _expected)
        {
            if (!_skipsGap)
            {
                NoteGap(now, sequence);
            }

            _skipsGap = false;
            _expected = sequence + 1;
            Sample(0);
            Reordered = Ratio.Average(Reordered, 0, ReorderWeight);
        }
        else if (TryFill(sequence))
        {
            Sample(0);
            Reordered = Ratio.Average(Reordered, Ratio.One, ReorderWeight);
        }

        long patience = Math.Max(FillMinMicros, 2 * roundTrip.RttvarMicros);
        while (_missingCount > 0 && now.Micros - _missing[0].Since.Micros >= patience)
        {
            CountLost();
        }
    }

    /// <summary>All that was sent in one exchange is acknowledged.</summary>
    /// <param name="neededProbe">It had to be asked for again.</param>
    internal void TakeExchange(bool neededProbe) => _badExchanges = Ratio.Average(_badExchanges, neededProbe ? Ratio.One : 0, ExchangeWeight);

    /// <summary>A small frame goes out so many times.</summary>
    internal void TakeCopies(int copies) => _copiesMilli += ((copies * 1000) - _copiesMilli) / ExchangeWeight;

    private void NoteGap(Instant now, ulong sequence)
    {
        // Before the first datagram nothing is known to be missing.
        ulong gap = _samples == 0 ? 0 : Math.Min(sequence - _expected, GapMax);
        for (ulong missing = sequence - gap; missing < sequence; missing++)
        {
            if (_missingCount == MissingMax)
            {
                CountLost();
            }

            _missing[_missingCount++] = new Missing(missing, now);
        }
    }

    private bool TryFill(ulong sequence)
    {
        for (int i = 0; i < _missingCount; i++)
        {
            if (_missing[i].Sequence == sequence)
            {
                Remove(i);
                return true;
            }
        }

        return false;
    }

    private void CountLost()
    {
        Sample(Ratio.One);
        Remove(0);
    }

    private void Remove(int index)
    {
        Array.Copy(_missing, index + 1, _missing, index, _missingCount - index - 1);
        _missingCount--;
    }

    private void Sample(int value)
    {
        _samples = Math.Min(_samples + 1, LastWeight);
        Incoming = Ratio.Average(Incoming, value, Math.Max(_samples, FirstWeight));
    }

    private readonly record struct Missing(ulong Sequence, Instant Since);
}
