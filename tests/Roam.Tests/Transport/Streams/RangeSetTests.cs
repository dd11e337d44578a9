using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class RangeSetTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void It_holds_what_a_plain_set_would(ulong seed)
    {
        SeededRandom random = new(seed);
        RangeSet ranges = new(1000);
        HashSet<int> plain = [];
        for (int i = 0; i < 3000; i++)
        {
            int start = random.Next(200);
            int end = start + random.Next(12);
            IEnumerable<int> numbers = Enumerable.Range(start, end - start);
            if (random.Chance(600))
            {
                Assert.True(ranges.TryAdd((ulong)start, (ulong)end));
                plain.UnionWith(numbers);
            }
            else
            {
                ranges.Remove((ulong)start, (ulong)end);
                plain.ExceptWith(numbers);
            }

            Assert.Equal(plain.Order(), Numbers(ranges));
            for (int r = 1; r < ranges.Count; r++)
            {
                Assert.True(ranges.StartOf(r) > ranges.EndOf(r - 1), "ranges that touch are one");
            }
        }
    }

    [Fact]
    public void A_full_set_takes_only_what_touches_a_range_or_joins_the_nearest()
    {
        RangeSet ranges = new(2);
        Assert.True(ranges.TryAdd(0, 1));
        Assert.True(ranges.TryAdd(10, 11));
        Assert.False(ranges.TryAdd(5, 6));
        Assert.Equal([0, 10], Numbers(ranges));
        Assert.True(ranges.TryAdd(1, 3));
        ranges.AddOrJoin(5, 6);
        Assert.Equal([0, 1, 2, 5, 6, 7, 8, 9, 10], Numbers(ranges));
        ranges.AddOrJoin(13, 14);
        Assert.Equal([0, 1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13], Numbers(ranges));
    }

    private static IEnumerable<int> Numbers(RangeSet ranges) =>
        Enumerable.Range(0, ranges.Count).SelectMany(r => Enumerable.Range((int)ranges.StartOf(r), (int)(ranges.EndOf(r) - ranges.StartOf(r))));
}
