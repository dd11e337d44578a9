using Roam.Lab;
using Roam.Session;
using Roam.Terminal;

namespace Roam.Tests.Simulation;

/// <summary>The simulator is worth what it catches: every planted mistake is noticed within a few seeds, by the invariant that it breaks.</summary>
public sealed class PlantedBugTests
{
    private const ulong SeedsMax = 40;

    [Theory]
    [InlineData(nameof(PlantedBug.ReplayAccepted), "S5")]
    [InlineData(nameof(PlantedBug.AddressFollowsReplay), "S5 S6")]
    [InlineData(nameof(PlantedBug.NonceReused), "S3")]
    [InlineData(nameof(PlantedBug.AcknowledgesUnseen), "S2")]
    [InlineData(nameof(PlantedBug.WrongBase), "S1")]
    [InlineData(nameof(PlantedBug.DiffContentLost), "S1")]
    [InlineData(nameof(PlantedBug.ThrowawayIgnored), "S4")]
    [InlineData(nameof(PlantedBug.NoRepair), "L1")]
    [InlineData(nameof(PlantedBug.EndNeverSent), "L3")]
    [InlineData(nameof(PlantedBug.NoPacing), "Q1")]
    [InlineData(nameof(PlantedBug.ChattyWhenIdle), "L2")]
    [InlineData(nameof(PlantedBug.EchoAckTooEarly), "Q3")]
    [InlineData(nameof(PlantedBug.WrongGuessKept), "Q3")]
    [InlineData(nameof(PlantedBug.PasswordShown), "Q3")]
    [InlineData(nameof(PlantedBug.LineSentForAnother), "H1 H2")]
    [InlineData(nameof(PlantedBug.LineNotDrawn), "H2")]
    [InlineData(nameof(PlantedBug.GuessCommitted), "H2")]
    public void A_planted_bug_is_caught_by_its_invariant(string name, string invariants)
    {
        PlantedBug bug = Enum.Parse<PlantedBug>(name);
        for (ulong seed = 1; seed <= SeedsMax; seed++)
        {
            SimResult result = SimRun.Run(OptionsFor(bug, seed));
            if (result.Failure is not null)
            {
                Assert.Contains(result.Failure.Split(' ')[0], invariants.Split(' '));
                return;
            }
        }

        Assert.Fail($"{bug} went unnoticed in {SeedsMax} seeds");
    }

    [Fact]
    public void Without_the_bug_the_same_runs_pass()
    {
        foreach (PlantedBug bug in Enum.GetValues<PlantedBug>())
        {
            SimResult result = SimRun.Run(OptionsFor(bug, 1) with { Bug = PlantedBug.None });
            Assert.True(result.Failure is null, $"{bug}: {result.Failure}");
        }
    }

    /// <summary>Runs in which the mistake has a chance to matter.</summary>
    private static SimOptions OptionsFor(PlantedBug bug, ulong seed)
    {
        SimOptions options = SimOptions.FromSeed(seed) with
        {
            Bug = bug,
            Program = ProgramKind.Shell,
            ActiveMillis = 10_000,
            AttackMillis = 0,
            Up = LinkFaults.Healthy,
            Down = LinkFaults.Healthy,
            Faults = new FaultPlan(),
            End = EndKind.Client,
            User = new UserPlan { ActionMillis = 400 },
            Client = new ClientSessionOptions { PredictionMode = PredictionMode.Adaptive },
            Server = new ServerSessionOptions(),
        };
        return bug switch
        {
            PlantedBug.ReplayAccepted or PlantedBug.AddressFollowsReplay => options with { AttackMillis = 100 },
            PlantedBug.NoRepair or PlantedBug.WrongBase => options with { Up = options.Up with { Loss = 300 }, Down = options.Down with { Loss = 300 } },
            PlantedBug.NoPacing => options with { Program = ProgramKind.Flood },
            PlantedBug.PasswordShown => options with { Program = ProgramKind.PasswordShell, User = new UserPlan { ActionMillis = 100, IsCareful = true, Enter = 10 } },
            PlantedBug.LineSentForAnother or PlantedBug.LineNotDrawn or PlantedBug.GuessCommitted => options with { Program = ProgramKind.Printer, Paints = seed % 2 != 0 || bug != PlantedBug.LineSentForAnother },
            _ => options,
        };
    }
}
