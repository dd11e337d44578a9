namespace Roam.Lab;

/// <summary>One question asked of all programs under the same conditions.</summary>
internal interface INetScenario
{
    string Name { get; }

    /// <summary>Asked for together under this name.</summary>
    string Group { get; }

    void Run(NetBenchOptions options, NetReport report);
}
