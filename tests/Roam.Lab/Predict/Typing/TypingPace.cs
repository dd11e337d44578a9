using System.Text;

namespace Roam.Lab;

/// <summary>
/// How long a person takes for the next key. The gaps are those of an average typist (some 55 words a minute, gaps spread about log-normally; "Observations on typing from 136
/// million keystrokes", Dhakal and others 2018): a median of 170 ms within a word, more where one looks or thinks, and short bursts where the hands know the word.
/// </summary>
internal sealed class TypingPace(SeededRandom random, double hurry)
{
    private const double MedianMillis = 170;
    private const double WordStartMillis = 230;
    private const double ShiftedMillis = 240;
    private const double EnterMillis = 380;
    private const double NamedMillis = 260;
    private const double RepeatedMillis = 160;
    private const double CommitMillis = 700;

    /// <summary>Of the logarithm.</summary>
    private const double Spread = 0.33;

    private const double ShortestMillis = 35;
    private const double LongestMillis = 1500;

    private const int BurstPerMille = 90;
    private const int BurstKeysMin = 2;
    private const int BurstKeysMax = 5;
    private const int BurstMillisMin = 60;
    private const int BurstMillisMax = 90;

    private const int ReactionMillisMin = 300;
    private const int ReactionMillisMax = 700;

    private int _burst;

    /// <summary>From something seen to the next key.</summary>
    public long ReactionMicros() => Hurried(ReactionMillisMin + random.Next(ReactionMillisMax - ReactionMillisMin + 1));

    public long ThinkMicros(int millis) => Hurried(millis);

    /// <summary>Between two keys; no previous one when something else was done before.</summary>
    public long GapMicros(Keystroke? previous, Keystroke next)
    {
        bool isLetter = next.Bytes is [>= (byte)'a' and <= (byte)'z'] && previous?.Bytes is [>= (byte)'a' and <= (byte)'z'];
        if (isLetter && _burst == 0 && random.Chance(BurstPerMille))
        {
            _burst = BurstKeysMin + random.Next(BurstKeysMax - BurstKeysMin + 1);
        }

        if (isLetter && _burst > 0)
        {
            _burst--;
            return Hurried(BurstMillisMin + random.Next(BurstMillisMax - BurstMillisMin + 1));
        }

        _burst = 0;
        double millis = MedianOf(previous, next) * Math.Exp(Spread * random.NextNormal());
        return Hurried(Math.Clamp(millis, ShortestMillis, LongestMillis));
    }

    private static double MedianOf(Keystroke? previous, Keystroke next)
    {
        Rune first = Rune.GetRuneAt(next.Name, 0);
        return next switch
        {
            { Bytes: [(byte)'\r'] } => EnterMillis,
            _ when previous is not null && previous.Name == next.Name => RepeatedMillis,
            _ when first.Utf16SequenceLength != next.Name.Length => next.Bytes[0] >= 0x80 ? CommitMillis : NamedMillis,
            _ when previous?.Name is " " or null => WordStartMillis,
            { Bytes: [(>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)' ' or (byte)'.' or (byte)',' or (byte)'-' or (byte)'/'] } => MedianMillis,
            _ => ShiftedMillis,
        };
    }

    private long Hurried(double millis) => (long)(millis * 1000 * hurry);
}
