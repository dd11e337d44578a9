using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// When a client speaks because its network changed: at the first change, and once more when the changes have settled, since the first word may have gone out on a network
/// half set up. While changes go on: one word every <see cref="GapMillis"/>, until the bucket is empty; then one every <see cref="RefillMillis"/>, however busy the host's
/// routes are. A word that has to wait is not lost.
/// </summary>
internal sealed class SpeakPace
{
    public const long GapMillis = 100;
    public const long SettleMillis = 75;
    public const int WordsMax = 8;
    public const long RefillMillis = 5000;

    private Instant _due = Instant.Never;
    private Instant _unsaidSince;
    private Instant _nextWord;
    private Instant _refilled;
    private int _words = WordsMax;
    private bool _isFirst;

    /// <summary>When <see cref="TryTake"/> says yes.</summary>
    public Instant NextTimeout =>
        _due == Instant.Never ? _due : _words > 0 ? _due : Instant.Max(_due, _refilled.PlusMillis(RefillMillis));

    /// <summary>A change that matters.</summary>
    public void Note(Instant now)
    {
        if (_due == Instant.Never)
        {
            _isFirst = now >= _nextWord;
            _unsaidSince = now;
            _due = _isFirst ? now : Instant.Max(now.PlusMillis(SettleMillis), _nextWord);
        }
        else if (!_isFirst)
        {
            Instant settled = Instant.Min(now.PlusMillis(SettleMillis), _unsaidSince.PlusMillis(GapMillis));
            _due = Instant.Max(settled, _nextWord);
        }
    }

    /// <summary>True: speak now.</summary>
    public bool TryTake(Instant now)
    {
        Refill(now);
        if (now < NextTimeout)
        {
            return false;
        }

        if (_words-- == WordsMax)
        {
            _refilled = now;
        }

        _nextWord = now.PlusMillis(GapMillis);
        _unsaidSince = now;
        _due = _isFirst ? _nextWord : Instant.Never;
        _isFirst = false;
        return true;
    }

    private void Refill(Instant now)
    {
        if (_words == WordsMax)
        {
            return;
        }

        long words = Math.Max(0, now.MillisSince(_refilled) / RefillMillis);
        _words = (int)Math.Min(WordsMax, _words + words);
        _refilled = _refilled.PlusMillis(words * RefillMillis);
    }
}
