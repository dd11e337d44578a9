using Roam.Transport;

namespace Roam.Lab;

/// <summary>Timing policies by name. Each call makes a new one: a policy keeps state for its connection.</summary>
internal static class TimingPolicies
{
    private static readonly Dictionary<string, Func<ITimingPolicy>> All = new()
    {
        ["roam"] = () => new RoamTiming(),
        ["stock"] = () => new StockTiming(),
        ["stock-exact"] = () => new StockTiming(firstFramesAtOnce: false),
    };

    public static bool IsKnown(string name) => All.ContainsKey(name);

    public static ITimingPolicy Create(string name) => All[name]();
}
