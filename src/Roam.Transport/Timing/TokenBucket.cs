namespace Roam.Transport;

/// <summary>
/// Lets small frames go at once as long as there are not many: 8 in a row, then one for each refill time. In the long run no more than one in 20 ms, and no more than
/// 24 in a round trip, so that the list of 32 sent states holds all that is in flight (timing.md, pitfall 1).
/// </summary>
internal struct TokenBucket
{
    internal const int TokensMax = 8;
    internal const long RefillMinMicros = 20_000;

    /// <summary>New states in one round trip, beyond the bucket's content.</summary>
    internal const int StatesPerRoundTripMax = 24;

    private const long Full = TokensMax * Thousand;
    private const long Thousand = 1000;

    private long _milliTokens;
    private Instant _countedAt;

    public TokenBucket()
    {
        _milliTokens = Full;
        _countedAt = Instant.Zero;
    }

    /// <summary>One frame leaves. May be called with an empty bucket (an end, an acknowledgement that data rides on): the debt is one token at most.</summary>
    internal void Take(Instant now, in RoundTrip roundTrip)
    {
        Count(now, roundTrip);
        _milliTokens = Math.Max(_milliTokens - Thousand, -Thousand);
    }

    /// <summary>When the bucket will hold as many; now at the earliest.</summary>
    internal readonly Instant When(int tokens, Instant now, in RoundTrip roundTrip)
    {
        long refill = RefillMicros(roundTrip);
        long missing = (tokens * Thousand) - Level(now, refill);
        return missing <= 0 ? now : now.PlusMicros(((missing * refill) + Thousand - 1) / Thousand);
    }

    private void Count(Instant now, in RoundTrip roundTrip)
    {
        _milliTokens = Level(now, RefillMicros(roundTrip));
        _countedAt = now;
    }

    private readonly long Level(Instant now, long refill)
    {
        long elapsed = Math.Clamp(now.Micros - _countedAt.Micros, 0, (TokensMax + 1) * refill);
        return Math.Min(Full, _milliTokens + (elapsed * Thousand / refill));
    }

    private static long RefillMicros(in RoundTrip roundTrip) =>
        Math.Max(RefillMinMicros, roundTrip.IsKnown ? roundTrip.SrttMicros / StatesPerRoundTripMax : 0);
}
