using Roam.Lab;

namespace Roam.Tests.Simulation;

public sealed class SeedTests
{
    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        for (ulong seed = 1; seed <= 12; seed++)
        {
            SimResult first = SimRun.Run(SimOptions.FromSeed(seed));
            SimResult second = SimRun.Run(SimOptions.FromSeed(seed));
            Assert.Equal(first.TraceHash, second.TraceHash);
            Assert.Equal(first.EndMicros, second.EndMicros);
        }
    }

    [Fact]
    public void Different_seeds_give_different_runs()
    {
        HashSet<ulong> hashes = [.. Enumerable.Range(1, 20).Select(seed => SimRun.Run(SimOptions.FromSeed((ulong)seed)).TraceHash)];
        Assert.Equal(20, hashes.Count);
    }

    [Fact]
    public void A_trace_has_one_line_an_event_and_does_not_change_the_run()
    {
        StringWriter text = new();
        SimTrace trace = new(text);
        SimResult traced = SimRun.Run(SimOptions.FromSeed(5), trace);
        SimResult plain = SimRun.Run(SimOptions.FromSeed(5));
        Assert.Equal(plain.TraceHash, traced.TraceHash);
        Assert.Equal(trace.Lines, text.ToString().Split('\n').Length - 1);
    }

    [Fact]
    public void Every_kind_of_fault_and_program_occurs_among_the_seeds()
    {
        SimOptions[] all = [.. Enumerable.Range(1, 300).Select(seed => SimOptions.FromSeed((ulong)seed))];
        foreach (ProgramKind kind in Enum.GetValues<ProgramKind>())
        {
            Assert.Contains(all, o => o.Program == kind);
        }

        Assert.Contains(all, o => o.IsCalm);
        Assert.Contains(all, o => o.AttackMillis != 0);
        Assert.Contains(all, o => o.Up.BlackHoleBytes != 0);
        Assert.Contains(all, o => o.Up.TooLongBytes != 0);
        Assert.Contains(all, o => o.Faults.LongPartition != 0 && o.Faults.MeanMillis != 0);
    }

    [Fact]
    public void A_hundred_seeds_pass()
    {
        List<string> failures = [];
        for (ulong seed = 1; seed <= 100; seed++)
        {
            SimResult result = SimRun.Run(SimOptions.FromSeed(seed));
            if (result.Failure is not null)
            {
                failures.Add($"seed {seed}: {result.Failure}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
