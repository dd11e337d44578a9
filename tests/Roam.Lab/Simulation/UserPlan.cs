namespace Roam.Lab;

/// <summary>What kind of typist sits there: relative weights of what they do.</summary>
internal sealed record UserPlan
{
    /// <summary>Mean time between two actions; 0 = nobody types.</summary>
    public int ActionMillis { get; init; } = 800;

    public int Type { get; init; } = 10;

    public int Enter { get; init; } = 3;

    public int Erase { get; init; } = 1;

    public int Arrows { get; init; }

    public int Escapes { get; init; }

    public int Controls { get; init; }

    public int Paste { get; init; }

    public int Resize { get; init; }

    /// <summary>Time between the keys of a burst.</summary>
    public int KeyMillis { get; init; } = 90;

    /// <summary>Waits for the answer of each Enter, and answers password prompts.</summary>
    public bool IsCareful { get; init; }

    public int WeightSum => Type + Enter + Erase + Arrows + Escapes + Controls + Paste + Resize;

    public static UserPlan Draw(SimRandom random, ProgramKind program)
    {
        bool isCareful = program == ProgramKind.PasswordShell;
        return new UserPlan
        {
            ActionMillis = random.Between(30, 2500),
            Type = random.Between(1, 10),
            Enter = random.Between(1, 5),
            Erase = Weight(random),
            Arrows = isCareful ? 0 : Weight(random),
            Escapes = isCareful ? 0 : Weight(random),
            Controls = isCareful ? 0 : Weight(random),
            Paste = isCareful ? 0 : Weight(random),
            Resize = isCareful ? 0 : Weight(random),
            KeyMillis = random.Between(5, 250),
            IsCareful = isCareful,
        };
    }

    private static int Weight(SimRandom random) => random.Chance(500) ? random.Between(1, 6) : 0;
}
