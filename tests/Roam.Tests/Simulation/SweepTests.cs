using Roam.Lab;

namespace Roam.Tests.Simulation;

/// <summary>The sweep measures what it says: times that are known from the timing rules, on paths whose delays are known.</summary>
public sealed class SweepTests
{
    private const int Keys = 100;
    private const ulong Seed = 1;

    private static readonly PolicyPair Exact = new("stock-exact", "stock-exact");

    [Fact]
    public void On_a_clean_path_a_key_takes_the_round_trip_and_stocks_collection_times()
    {
        SweepResult result = Run("rtt10");
        Assert.Null(result.Failure);
        Assert.Equal(Keys, result.Counted);

        // 1 ms at the client, 8 ms at the server, 10 ms of path; a key that meets the pace waits at most 20 ms more at either end.
        Assert.Equal(19_000, result.MedianMicros);
        Assert.InRange(result.P99Micros, 19_000, 19_000 + 40_000);
    }

    [Fact]
    public void No_key_is_answered_before_its_round_trip()
    {
        SweepCell cell = Cell("rtt100");
        SweepProgram? program = null;
        using SimWorld world = new(cell.OptionsFor(PolicyPair.Stock, Seed) with { OwnProgram = random => program = cell.NewProgram(random) });
        SweepUser user = new(world, program!, cell.Typing, new SimRandom(Seed), uncounted: 0, Keys);
        world.Start();
        world.RunForMillis(2000);
        user.Begin();
        Assert.True(world.RunUntil(() => user.IsDone, world.NowMicros + 120_000_000), $"{user.Shown} of {Keys} keys were answered");

        // A key may join what an earlier one had begun to collect, so the collection times are no part of the bound.
        Assert.All(user.TakeLatencyMicros(), latency => Assert.InRange(latency, 100_000, 1_000_000));
    }

    [Fact]
    public void A_key_is_followed_by_its_echo_and_two_acknowledgements_at_most()
    {
        // Key, echo, echo acknowledgement, and the client's acknowledgement when no key carries it.
        SweepResult result = Run("rtt100");
        Assert.InRange(result.DatagramsPerKey, 3, 4);
    }

    [Theory]
    [InlineData("rtt100p29")]
    [InlineData("geT15x100")]
    [InlineData("jit20p10")]
    [InlineData("pieces100")]
    [InlineData("redraw256")]
    [InlineData("flood256")]
    public void The_same_seed_gives_the_same_numbers_and_another_seed_others(string name)
    {
        SweepResult first = Run(name);
        Assert.Null(first.Failure);
        Assert.Equal(first, Run(name));
        Assert.NotEqual(first.MeanMicros, Run(name, Seed + 1).MeanMicros);
    }

    [Fact]
    public void A_narrow_path_costs_its_serialization_and_shows_its_queue()
    {
        SweepResult wide = Run("rtt100");
        SweepResult narrow = Run("rate32");

        // Two datagrams of some 100 bytes at 4 bytes a millisecond.
        Assert.InRange(narrow.MedianMicros - wide.MedianMicros, 30_000, 120_000);
        Assert.InRange(narrow.LongestQueueMicros, 20_000, 200_000);
        Assert.Equal(0, wide.LongestQueueMicros);
    }

    [Theory]
    [InlineData("rtt100p29", 290)]
    [InlineData("ge15b3", 150)]
    [InlineData("geT15x30", 150)]
    public void A_path_loses_what_its_name_says(string name, int perMille)
    {
        const int datagrams = 200_000;
        SimEventQueue queue = new();
        Stack<SimPacket> pool = new();
        SimLink link = new(new SimRandom(Seed), queue, pool) { Faults = Cell(name).Up };
        for (int i = 0; i < datagrams; i++)
        {
            link.Send(i * 10_000L, pool.TryPop(out SimPacket? packet) ? packet : new SimPacket());
            while (queue.NextMicros <= i * 10_000L)
            {
                pool.Push(queue.Take().Packet!);
            }
        }

        Assert.InRange(link.Dropped * 1000 / datagrams, perMille - 10, perMille + 10);
    }

    [Fact]
    public void Draws_have_the_mean_and_the_deviation_that_were_asked_for()
    {
        const int draws = 100_000;
        SimRandom random = new(Seed);
        double[] waits = [.. Enumerable.Range(0, draws).Select(_ => (double)random.ExponentialMicros(250_000))];
        double[] jitters = [.. Enumerable.Range(0, draws).Select(_ => (double)random.NormalMicros(20_000))];
        Assert.InRange(waits.Average(), 246_000, 254_000);
        Assert.InRange(waits.Count(w => w > 250_000) / (double)draws, 0.36, 0.376);
        Assert.InRange(jitters.Average(), -200, 200);
        Assert.InRange(Math.Sqrt(jitters.Average(j => j * j)), 19_700, 20_300);
    }

    [Fact]
    public void Worse_numbers_than_recorded_fail_and_better_ones_pass()
    {
        SweepResult recorded = Run("rtt100") with { MedianMicros = 100_000, P95Micros = 100_000, Datagrams = 300 };
        Assert.Null(Fault(recorded, recorded));
        Assert.Null(Fault(recorded with { MedianMicros = 104_000, Datagrams = 320 }, recorded));
        Assert.Null(Fault(recorded with { MedianMicros = 60_000, P95Micros = 60_000, Datagrams = 200 }, recorded));
        Assert.Contains("median", Fault(recorded with { MedianMicros = 105_001 }, recorded), StringComparison.Ordinal);
        Assert.Contains("p95", Fault(recorded with { P95Micros = 111_000 }, recorded), StringComparison.Ordinal);
        Assert.Contains("datagrams", Fault(recorded with { Datagrams = 331 }, recorded), StringComparison.Ordinal);
        Assert.Contains("stuck", Fault(recorded with { IsStuck = true }, recorded), StringComparison.Ordinal);
    }

    [Fact]
    public void Recorded_numbers_are_read_as_they_were_written()
    {
        SweepResult[] results = [Run("redraw256"), Run("ge15b3")];
        SweepRecord record = SweepRecord.Read(new StringReader(SweepRecord.Write(results)));
        Assert.All(results, r => Assert.Equal(r, record.Find(r)));
        Assert.Null(record.Find(results[0] with { Seed = Seed + 1 }));
    }

    [Fact]
    public void Every_cell_has_a_name_of_its_own()
    {
        List<SweepCell> cells = SweepGrid.Find("full");
        Assert.Equal(cells.Count, cells.DistinctBy(c => c.Name).Count());
        Assert.All(SweepGrid.Find("small"), c => Assert.Contains(c, cells));
    }

    private static string? Fault(SweepResult now, SweepResult recorded) => new SweepRow(Cell(now.Cell), now, recorded).Fault;

    private static SweepResult Run(string name, ulong seed = Seed) => SweepRun.Run(Cell(name), Exact, Keys, seed);

    private static SweepCell Cell(string name) => Assert.Single(SweepGrid.Find(name));
}
