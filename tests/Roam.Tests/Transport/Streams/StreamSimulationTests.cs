using Roam.Lab;

namespace Roam.Tests.Transport;

/// <summary>Random streams over random paths; more seeds with `Roam.Lab sim streams --seeds`.</summary>
public sealed class StreamSimulationTests
{
    [Fact]
    public void All_bytes_arrive_once_and_in_order_over_any_path()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            string? failure = StreamRun.Run(seed);
            Assert.True(failure is null, $"seed {seed}: {failure}");
        }
    }

    [Fact]
    public void Whatever_the_layers_above_do_to_streams_of_all_kinds_both_ends_come_to_the_same()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            string? failure = ChannelRun.Run(seed);
            Assert.True(failure is null, $"seed {seed}: {failure}");
        }
    }

    [Theory]
    [InlineData(144UL)] // a large frame on a path thought slow held the stream for minutes
    [InlineData(2559UL)] // a full ring of lost datagrams let nothing go
    [InlineData(2932UL)] // a path that became longer starved the stream
    public void Seeds_that_once_failed_pass(ulong seed)
    {
        Assert.Null(StreamRun.Run(seed));
    }
}
