using Roam.Transport;

namespace Roam.Tests.Transport.Timing;

public sealed class TokenBucketTests
{
    private static readonly RoundTrip Quick = new(true, 50_000, 5000);
    private static readonly RoundTrip Slow = new(true, 960_000, 5000);
    private readonly Instant _now = new(1_000_000);

    [Fact]
    public void A_full_bucket_lets_eight_go_and_then_one_in_20_milliseconds()
    {
        TokenBucket bucket = new();
        for (int i = 0; i < TokenBucket.TokensMax; i++)
        {
            Assert.Equal(_now, bucket.When(1, _now, Quick));
            bucket.Take(_now, Quick);
        }

        Assert.Equal(_now.PlusMillis(20), bucket.When(1, _now, Quick));
        Assert.Equal(_now.PlusMillis(60), bucket.When(3, _now, Quick));
    }

    [Fact]
    public void At_the_promised_time_the_token_is_there()
    {
        TokenBucket bucket = new();
        Instant now = _now;
        for (int i = 0; i < 1000; i++)
        {
            now = now.PlusMicros(i * 37 % 1999);
            Instant when = bucket.When(1, now, Slow);
            now = Instant.Max(now, when);
            Assert.Equal(now, bucket.When(1, now, Slow));
            bucket.Take(now, Slow);
        }
    }

    [Fact]
    public void On_a_slow_path_no_more_than_24_states_leave_in_a_round_trip()
    {
        TokenBucket bucket = new();
        Instant now = _now;
        int sent = 0;
        while (now < _now.PlusMicros(10 * Slow.SrttMicros))
        {
            now = bucket.When(1, now, Slow);
            bucket.Take(now, Slow);
            sent++;
        }

        Assert.InRange(sent, 240, 240 + TokenBucket.TokensMax + 1);
    }
}
