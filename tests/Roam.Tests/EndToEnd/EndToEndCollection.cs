namespace Roam.Tests.EndToEnd;

/// <summary>Real processes: one test at a time, and never beside the others, so that a loaded machine tests the program and not the scheduler.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EndToEndCollection
{
    public const string Name = "end to end";
}
