using Roam.Session;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>One cell of the sweep: a path, a program, a way to type.</summary>
internal sealed record SweepCell(string Name)
{
    /// <summary>A flood or a redraw costs as much to simulate as many keys; this divides their number.</summary>
    private const int RedrawKeysDivisor = 2;
    private const int FloodKeysDivisor = 8;

    public Workload Workload { get; init; }

    public Typing Typing { get; init; }

    public required LinkFaults Up { get; init; }

    public required LinkFaults Down { get; init; }

    public bool HasRate => Up.BytesPerSecond != 0 || Down.BytesPerSecond != 0;

    public int KeysOf(int keys) => Math.Max(1, Workload switch
    {
        Workload.Redraw or Workload.LargeRedraw => keys / RedrawKeysDivisor,
        Workload.Flood => keys / FloodKeysDivisor,
        _ => keys,
    });

    public SweepProgram NewProgram(SimRandom random) => Workload switch
    {
        Workload.Redraw or Workload.LargeRedraw => new CounterRedraw(random),
        Workload.Flood => new StoppedFlood(random),
        _ => new KeyEcho(random, Workload == Workload.Pieces),
    };

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
            PredictionMode = PredictionMode.Never,
            Width = Workload == Workload.LargeRedraw ? 120 : 80,
            Height = Workload == Workload.LargeRedraw ? 36 : 24,
        },
    };
}
