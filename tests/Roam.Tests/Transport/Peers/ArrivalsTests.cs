using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class ArrivalsTests
{
    /// <summary>A number so little behind the highest is remembered for certain.</summary>
    private const int RememberedBehind = 15 * 64;

    private readonly Arrivals _arrivals = new();

    [Fact]
    public void Nothing_has_come_and_nothing_is_missing_at_the_start()
    {
        Assert.Equal((0UL, 0UL, 0UL), (_arrivals.Received, _arrivals.Highest, _arrivals.Missing));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Lost_late_and_repeated_numbers_are_counted_as_a_set_would_count_them(ulong seed)
    {
        SeededRandom random = new(seed);
        HashSet<ulong> seen = [];
        ulong next = (ulong)random.Next(3);
        for (int i = 0; i < 50_000; i++)
        {
            next += random.Chance(100) ? (ulong)random.Next(200) : 1;
            ulong late = next - Math.Min(next, (ulong)random.Next(RememberedBehind));
            foreach (ulong number in (ulong[])[next, random.Chance(300) ? late : next])
            {
                _arrivals.Add(number);
                seen.Add(number);
                Assert.Equal((ulong)seen.Count, _arrivals.Received);
            }
        }

        Assert.Equal(seen.Max() + 1, _arrivals.Highest);
        Assert.True(_arrivals.Missing > 0);
    }

    [Fact]
    public void A_number_too_old_to_be_remembered_is_not_counted_lest_it_be_a_repeat()
    {
        _arrivals.Add(0);
        _arrivals.Add(5000);
        _arrivals.Add(0);
        _arrivals.Add(3);
        Assert.Equal((2UL, 5001UL), (_arrivals.Received, _arrivals.Highest));
    }

    [Fact]
    public void The_highest_number_that_the_wire_can_say_is_counted()
    {
        ulong last = (1UL << 63) - 1;
        _arrivals.Add(7);
        _arrivals.Add(last);
        _arrivals.Add(last);
        _arrivals.Add(last - 1);
        Assert.Equal((3UL, 1UL << 63), (_arrivals.Received, _arrivals.Highest));
    }
}
