using Roam.Lab;

namespace Roam.Tests.Simulation;

public sealed class FuzzTargetTests
{
    private const int Inputs = 1500;

    public static TheoryData<string> Names => [.. FuzzVerb.Targets().Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_target_stands_some_inputs_of_a_fixed_seed(string name)
    {
        IFuzzTarget target = FuzzVerb.Targets().Single(t => t.Name == name);
        InputMutator mutator = new(target.Seeds, new SeededRandom(1));
        foreach (byte[] seed in target.Seeds)
        {
            target.Run(seed);
        }

        for (int i = 0; i < Inputs; i++)
        {
            target.Run(mutator.Next());
        }
    }
}
