namespace Roam.Lab;

/// <summary>
/// The person who plays a workload, at a pace that the seed determines. Has no clock and waits for nothing itself: the caller calls <see cref="Turn"/> at
/// <see cref="NextMicros"/> or earlier, and sends what it gives. Where one key may go to several terminals, each gets <see cref="Keystroke.BytesFor"/>.
/// </summary>
/// <param name="workload">What is done.</param>
/// <param name="seed">Of the pace.</param>
/// <param name="hurry">Factor of all pauses: below 1 for somebody in a hurry.</param>
internal sealed class Typist(TypingWorkload workload, ulong seed, double hurry = 1)
{
    /// <summary>The screen is looked at so often.</summary>
    private const long LookMicros = 5_000;

    private const long StepMicrosMax = 20_000_000;

    private readonly TypingPace _pace = new(new SeededRandom(seed), hurry);
    private Keystroke? _previous;
    private int _step;
    private int _key;
    private long _stepSince = -1;
    private long _dueMicros = -1;

    public bool IsDone => Failure is not null || _step == workload.Steps.Count;

    /// <summary>Which step could not be done, and why; null: none.</summary>
    public string? Failure { get; private set; }

    public int KeysTyped { get; private set; }

    /// <summary>When to call again.</summary>
    public long NextMicros { get; private set; }

    /// <summary>The key that is typed now, if one is. Call again at once until there is none.</summary>
    public Keystroke? Turn(long nowMicros, ITypingScene scene)
    {
        NextMicros = nowMicros + LookMicros;
        while (!IsDone)
        {
            TypingStep step = workload.Steps[_step];
            _stepSince = _stepSince < 0 ? nowMicros : _stepSince;
            if (step.Kind == TypingStepKind.Keys)
            {
                return scene.HasEnded ? Fail(step, "the program has ended") : TypeOf(step, nowMicros);
            }

            if (!Passes(step, nowMicros, scene))
            {
                return scene.HasEnded ? Fail(step, "the program has ended") : nowMicros < _stepSince + StepMicrosMax ? null : Fail(step, "it took too long");
            }

            NextStep();
        }

        return null;
    }

    private Keystroke? TypeOf(TypingStep step, long nowMicros)
    {
        if (_key == step.Keys.Count)
        {
            NextStep();
            return null;
        }

        if (_dueMicros < 0)
        {
            _dueMicros = nowMicros + _pace.GapMicros(_previous, step.Keys[_key]);
        }

        if (nowMicros < _dueMicros)
        {
            NextMicros = _dueMicros;
            return null;
        }

        Keystroke typed = _previous = step.Keys[_key++];
        _dueMicros = -1;
        KeysTyped++;
        if (_key == step.Keys.Count)
        {
            NextStep();
        }

        NextMicros = nowMicros;
        return typed;
    }

    private bool Passes(TypingStep step, long nowMicros, ITypingScene scene)
    {
        switch (step.Kind)
        {
            case TypingStepKind.Think:
                NextMicros = _stepSince + _pace.ThinkMicros(step.Millis);
                return nowMicros >= NextMicros;
            case TypingStepKind.Settle:
                NextMicros = Math.Max(_stepSince, scene.LastOutputMicros) + (step.Millis * 1000L);
                return nowMicros >= NextMicros || scene.HasEnded;
            case TypingStepKind.End:
                return scene.HasEnded;
            default:
                if (!(step.Kind == TypingStepKind.Wait ? scene.Shows(step.Text) : scene.Lacks(step.Text)))
                {
                    return false;
                }

                _dueMicros = nowMicros + _pace.ReactionMicros();
                _previous = null;
                return true;
        }
    }

    private void NextStep()
    {
        _step++;
        _key = 0;
        _stepSince = -1;
    }

    private Keystroke? Fail(TypingStep step, string why)
    {
        string what = step.Text.Length == 0 ? step.Kind.ToString().ToLowerInvariant() : $"{step.Kind.ToString().ToLowerInvariant()} \"{step.Text}\"";
        Failure = $"{workload.Name}.keys, line {step.Line}: {what}: {why}";
        return null;
    }
}
