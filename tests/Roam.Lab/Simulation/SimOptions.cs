using Roam.Session;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>One run, wholly determined by these values; usually drawn from the seed.</summary>
internal sealed record SimOptions
{
    /// <summary>200 kB a second: a terminal behind a slow line.</summary>
    public const int SlowTerminalNanosPerByte = 5000;

    public required ulong Seed { get; init; }

    public ClientSessionOptions Client { get; init; } = new();

    public ServerSessionOptions Server { get; init; } = new();

    /// <summary>Whose timing each side has.</summary>
    public PolicyPair Policies { get; init; } = PolicyPair.Roam;

    public ProgramKind Program { get; init; }

    /// <summary>Another program in place of <see cref="Program"/>.</summary>
    internal Func<SimRandom, SimProgram>? OwnProgram { get; init; }

    /// <summary>Only the invariants that cost next to nothing.</summary>
    public bool ChecksLittle { get; init; }

    public LinkFaults Up { get; init; } = LinkFaults.Healthy;

    public LinkFaults Down { get; init; } = LinkFaults.Healthy;

    public FaultPlan Faults { get; init; } = new();

    public UserPlan User { get; init; } = new();

    /// <summary>Mean time between things an attacker does; 0 = nobody attacks.</summary>
    public int AttackMillis { get; init; }

    /// <summary>How long user, program and faults go on.</summary>
    public int ActiveMillis { get; init; } = 10_000;

    public EndKind End { get; init; }

    /// <summary>Frames are painted on a terminal with scrollback, which is compared too.</summary>
    public bool Paints { get; init; }

    /// <summary>How long that terminal takes for a byte.</summary>
    public int TerminalNanosPerByte { get; init; } = 50;

    /// <summary>It says where its cursor is after its window was changed.</summary>
    public bool TerminalReportsCursor { get; init; } = true;

    public PlantedBug Bug { get; init; }

    /// <summary>The client's system tells it when its network changed, and when it slept.</summary>
    public bool TellsOfNetwork { get; init; }

    /// <summary>There is a way through ssh; null: UDP alone.</summary>
    public CarrierPlan? Carrier { get; init; }

    /// <summary>Nothing is lost, changed, late or attacked.</summary>
    public bool IsCalm => Up == LinkFaults.Healthy && Down == LinkFaults.Healthy && Faults.IsNone && AttackMillis == 0 && Carrier is null;

    /// <summary>A run without faults and without a user of its own, for scripts.</summary>
    public static SimOptions Scripted(ProgramKind program = ProgramKind.Shell, ulong seed = 1) => new()
    {
        Seed = seed,
        Program = program,
        Server = new ServerSessionOptions { Verify = true },
        Client = new ClientSessionOptions { UdpPort = SimWorld.ServerAddress.Port },
        User = new UserPlan { ActionMillis = 0 },
        ActiveMillis = 0,
    };

    /// <summary>Swarm testing: every run has its own small set of faults with its own strengths, so that rare combinations are not drowned by common ones.</summary>
    public static SimOptions FromSeed(ulong seed)
    {
        SimRandom random = new(seed);
        bool isCalm = random.Chance(100);
        bool isAsymmetric = random.Chance(300);
        LinkFaults up = isCalm ? LinkFaults.Healthy : DrawLink(random);
        LinkFaults down = isAsymmetric && !isCalm ? DrawLink(random) : up;
        ProgramKind program = (ProgramKind)random.Below((int)ProgramKind.Printer);
        bool clientIsTall = random.Chance(100);
        SimOptions options = new()
        {
            Seed = seed,
            Program = program,
            Up = up,
            Down = down,
            Faults = isCalm ? new FaultPlan() : FaultPlan.Draw(random),
            User = UserPlan.Draw(random, program),
            AttackMillis = !isCalm && random.Chance(250) ? random.Between(20, 2000) : 0,
            ActiveMillis = random.Between(4000, 20_000),
            End = (EndKind)random.Below(Enum.GetValues<EndKind>().Length),
            Paints = random.Chance(250),
            Client = new ClientSessionOptions
            {
                Width = random.Chance(500) ? 80 : random.Between(2, 200),
                Height = clientIsTall ? random.Between(50, 120) : random.Chance(500) ? 24 : random.Between(2, 50),
                PredictionMode = (PredictionMode)random.Below(4),
                PredictOverwrite = random.Chance(200),
            },
            Server = new ServerSessionOptions { Verify = random.Chance(500) },

            // Drawn apart, so that the seeds' other draws stay as they were before it came.
            TellsOfNetwork = new SimRandom(~seed).Chance(500),
        };
        return WithHistory(options, new SimRandom(seed ^ 0x686973746f7279));
    }

    /// <summary>A run in which UDP is blocked now and then, and a way through ssh comes and goes.</summary>
    public static SimOptions CarrierFromSeed(ulong seed)
    {
        SimOptions options = FromSeed(seed);
        SimRandom random = new(seed ^ 0x63617272696572);
        LinkFaults mild = LinkFaults.Healthy with { DelayMicros = random.SmallBelow(300_000), Loss = random.Chance(300) ? random.SmallBelow(100) : 0 };
        return options with
        {
            Up = mild,
            Down = mild,
            Faults = new FaultPlan(),
            ActiveMillis = random.Between(10_000, 60_000),
            Carrier = CarrierPlan.Draw(random),
            Client = options.Client with { Carrier = Roam.Transport.CarrierUse.Fallback },
        };
    }

    /// <summary>Rings from a single line on, terminals that are slow or say nothing of their cursor, a program that fills the scrollback.</summary>
    private static SimOptions WithHistory(SimOptions options, SimRandom random)
    {
        bool prints = random.Chance(200) && !options.User.IsCareful;
        int lines = random.Chance(250) ? random.Between(1, 60) : random.Chance(50) ? 0 : HistoryLog.DefaultLines;
        return options with
        {
            Program = prints ? ProgramKind.Printer : options.Program,
            Paints = options.Paints || (prints && random.Chance(700)),
            TerminalNanosPerByte = random.Chance(150) ? SlowTerminalNanosPerByte : options.TerminalNanosPerByte,
            TerminalReportsCursor = random.Chance(800),
            Server = options.Server with { HistoryLines = lines },
            Client = options.Client with { WantsHistory = !random.Chance(50) },
        };
    }

    public static LinkFaults DrawLink(SimRandom random)
    {
        return new LinkFaults
        {
            DelayMicros = random.Chance(300) ? random.Below(5000) : random.SmallBelow(600_000),
            JitterMicros = random.Chance(500) ? random.SmallBelow(200_000) : 0,
            Loss = random.Chance(500) ? random.SmallBelow(500) : 0,
            BurstEnter = random.Chance(250) ? random.SmallBelow(200) : 0,
            BurstLeave = random.Between(50, 500),
            BurstLoss = random.Between(500, 1000),
            Duplicate = random.Chance(300) ? random.SmallBelow(400) : 0,
            Reorder = random.Chance(300) ? random.SmallBelow(400) : 0,
            ReorderMicros = random.SmallBelow(3_000_000),
            Truncate = random.Chance(200) ? random.SmallBelow(100) : 0,
            Corrupt = random.Chance(200) ? random.SmallBelow(100) : 0,
            BytesPerSecond = random.Chance(250) ? random.Between(2000, 200_000) : 0,
            QueueBytes = random.Between(3000, 100_000),
            BlackHoleBytes = random.Chance(80) ? random.Between(600, 1279) : 0,
            TooLongBytes = random.Chance(80) ? random.Between(600, 1279) : 0,
            NoBuffer = random.Chance(100) ? random.SmallBelow(300) : 0,
            Congestion = random.Chance(150) ? random.SmallBelow(300) : 0,
        };
    }
}
