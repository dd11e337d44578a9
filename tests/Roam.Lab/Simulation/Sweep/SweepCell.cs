using Roam.Session;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>One cell of the sweep: a path, a program, a way to type.</summary>
internal sealed record SweepCell(string Name)
{
    /// <summary>A flood or a redraw costs as much to simulate as many keys; this divides their number.</summary>
    private const int RedrawKeysDivisor = 6;
    private const int LuckyRedrawKeysDivisor = 2;
    private const int FloodKeysDivisor = 24;

    public Workload Workload { get; init; }

    public Typing Typing { get; init; }

    /// <summary>The policies alone are compared in the sweep, without history. What history adds is bounded by its own scenarios and `sim streams --targets`.</summary>
    public bool KeepsHistory { get; init; }

    public required LinkFaults Up { get; init; }

    public required LinkFaults Down { get; init; }

    /// <summary>The path draws lots: after any change of the program the same seed gives other luck.</summary>
    public bool IsLucky => DrawsLots(Up) || DrawsLots(Down);

    public int KeysOf(int keys) => Math.Max(1, Workload switch
    {
        Workload.Redraw or Workload.LargeRedraw => keys / (IsLucky ? LuckyRedrawKeysDivisor : RedrawKeysDivisor),
        Workload.Flood => keys / FloodKeysDivisor,
        _ => keys,
    });

    public SweepProgram NewProgram(SimRandom random) => Workload switch
    {
        Workload.Redraw or Workload.LargeRedraw => new CounterRedraw(random),
        Workload.Flood => new StoppedFlood(random),
        _ => new KeyEcho(random, Workload == Workload.Pieces),
    };

    private static bool DrawsLots(LinkFaults path) => path.Loss != 0 || path.BurstEnter != 0 || path.OutageMicros != 0 || path.JitterDeviationMicros != 0;

    public SimOptions OptionsFor(PolicyPair policies, ulong seed) => new()
    {
        Seed = seed,
        Policies = policies,
        Up = Up,
        Down = Down,
        User = new UserPlan { ActionMillis = 0 },
        ChecksLittle = true,
        Client = new ClientSessionOptions
        {
            WantsHistory = KeepsHistory,
            PredictionMode = PredictionMode.Never,
            Width = Workload == Workload.LargeRedraw ? 120 : 80,
            Height = Workload == Workload.LargeRedraw ? 36 : 24,
        },
    };
}
