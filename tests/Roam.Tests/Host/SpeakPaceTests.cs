using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

public sealed class SpeakPaceTests
{
    private static readonly Instant Start = new(9_000_000);

    private readonly SpeakPace _pace = new();

    [Fact]
    public void One_change_gives_a_word_at_once_and_one_more_when_things_have_settled()
    {
        Assert.Equal([0, 100], Words(10_000, 0));
    }

    [Fact]
    public void A_burst_of_changes_gives_the_first_word_and_one_after_the_last()
    {
        // 5, 10, ... 60 ms: the second word comes 75 ms after the last, which is more than 100 ms after the first.
        Assert.Equal([0, 100], Words(10_000, [.. Enumerable.Range(0, 5).Select(i => i * 5)]));
        Assert.Equal([10_000, 10_100, 10_200], Words(20_000, [.. Enumerable.Range(0, 13).Select(i => 10_000 + (i * 10))]));
    }

    [Fact]
    public void Changes_without_end_give_a_word_in_five_seconds_once_the_first_eight_are_used_up()
    {
        List<long> words = Words(60_000, [.. Enumerable.Range(0, 6000).Select(i => i * 10)]);
        Assert.All(words.Zip(words.Skip(1)), w => Assert.True(w.Second - w.First >= SpeakPace.GapMillis));
        Assert.InRange(words.Count(w => w < 5000), SpeakPace.WordsMax, SpeakPace.WordsMax + 1);
        Assert.InRange(words.Count(w => w >= 5000), 10, 12);
    }

    [Fact]
    public void A_word_that_must_wait_is_said_in_the_end_and_after_a_quiet_time_the_first_is_quick_again()
    {
        List<long> words = Words(10_000, [.. Enumerable.Range(0, 400).Select(i => i * 10)]);
        Assert.True(words[^1] > 4000);
        Assert.Equal(Instant.Never, _pace.NextTimeout);
        Assert.Equal([100_000, 100_100], Words(200_000, 100_000));
    }

    /// <summary>The times at which it speaks, given the times of the changes.</summary>
    private List<long> Words(long untilMillis, params int[] changes)
    {
        List<long> words = [];
        int next = 0;
        Instant end = Start.PlusMillis(untilMillis);
        while (true)
        {
            Instant change = next < changes.Length ? Start.PlusMillis(changes[next]) : Instant.Never;
            Instant now = Instant.Min(change, _pace.NextTimeout);
            if (now > end)
            {
                return words;
            }

            if (change <= now)
            {
                next++;
                _pace.Note(now);
            }

            if (_pace.TryTake(now))
            {
                words.Add(now.MillisSince(Start));
            }
        }
    }
}
