namespace Roam.Transport;

/// <summary>
/// Tells the loss that we cause from the loss that the path has anyway: after a cut the first goes away, the second stays. Judged over blocks of datagrams, as a few say nothing.
/// </summary>
internal sealed class LossJudge
{
    private const int BlockDatagrams = 400;

    /// <summary>So many lost ones say enough, or so many rounds, in a block of at least so many.</summary>
    private const int BlockLost = 12;
    private const int BlockRounds = 4;
    private const int BlockDatagramsMin = 50;

    /// <summary>What is left of the window after a cut: CUBIC's factor (RFC 9438, section 4.6).</summary>
    internal const int CutPercent = 70;

    /// <summary>In per mille: loss beyond one and a half times the path's own and this is ours.</summary>
    private const int SlackPerMille = 30;

    /// <summary>After a cut, what is found lost was sent before it for so many round trips.</summary>
    private const int SettlingRounds = 2;

    private int _settling;
    private int _lost;
    private int _all;
    private int _rounds;
    private int _ownPerMille;
    private int _cutPerMille;

    /// <summary>What the last cut has shown to be the path's.</summary>
    private int _shownPerMille;

    /// <summary>The path's own loss, as far as known.</summary>
    internal int OwnPerMille => _ownPerMille;

    internal void Take(int acked, int lost)
    {
        if (_settling == 0)
        {
            _lost += lost;
            _all += acked + lost;
        }
    }

    /// <summary>Asked once in a round trip; true when it is time to send less.</summary>
    internal bool IsTooMuch()
    {
        _settling = Math.Max(0, _settling - 1);
        _rounds++;
        if (_all < BlockDatagramsMin || (_all < BlockDatagrams && _lost < BlockLost && _rounds < BlockRounds))
        {
            return false;
        }

        int perMille = _lost * 1000 / _all;
        (_lost, _all, _rounds) = (0, 0, 0);
        if (_cutPerMille != 0)
        {
            // Had the cut window been the cause, so much would be lost now; the middle decides.
            int ifOurs = Math.Max(0, 1000 - ((1000 - _cutPerMille) * 100 / CutPercent));
            bool remains = perMille * 2 >= _cutPerMille + ifOurs;
            _ownPerMille = remains ? Math.Max(_ownPerMille, perMille) : Math.Min(_ownPerMille, perMille);
            _shownPerMille = _ownPerMille;
            _cutPerMille = 0;
            return false;
        }

        if (perMille > (_ownPerMille * 3 / 2) + SlackPerMille)
        {
            _cutPerMille = perMille;
            _settling = SettlingRounds;
            return true;
        }

        // Upward beyond what a cut has shown only by another: else our own loss would creep in.
        if (perMille * 2 < _shownPerMille)
        {
            _shownPerMille = ((3 * _shownPerMille) + perMille) / 4;
        }

        _ownPerMille = Math.Min(_shownPerMille, ((3 * _ownPerMille) + perMille) / 4);
        return false;
    }

    internal void Reset() => (_lost, _all, _rounds, _ownPerMille, _shownPerMille, _cutPerMille, _settling) = (0, 0, 0, 0, 0, 0, 0);
}
