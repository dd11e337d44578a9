using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class BlockPlanTests
{
    [Theory]
    [InlineData(0L, 128 * 1024)]
    [InlineData(8L << 30, 128 * 1024)]
    [InlineData(50_000_000_000L, 1024 * 1024)]
    [InlineData(100L << 40, 16 * 1024 * 1024)]
    [InlineData(1L << 62, 16 * 1024 * 1024)]
    public void Blocks_grow_with_the_file_up_to_a_limit(long size, int block) => Assert.Equal(block, BlockPlan.Of(size).BlockBytes);

    [Theory]
    [InlineData(300_000, 300_000, 3)]
    [InlineData(300_000, 299_999, 2)]
    [InlineData(300_000, 131_071, 0)]
    [InlineData(300_000, 5_000_000, 3)]
    [InlineData(0, 10, 0)]
    public void Whole_blocks_are_compared_and_the_last_one_when_all_of_it_is_there(long size, long candidate, long blocks) =>
        Assert.Equal(blocks, BlockPlan.Of(size).Comparable(candidate));
}
