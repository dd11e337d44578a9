namespace Roam.Lab;

/// <summary>
/// Made to fill a scrollback: prompts, listings, floods, long and wide lines, colours, a cleared screen, regions, a while on the alternate screen (<see cref="CanvasProgram"/>). Something at each key
/// and at times by itself.
/// </summary>
internal sealed class Printer(SimRandom random) : SimProgram(random)
{
    private const string LeaveAlternate = "\e[m\e[?1049l";

    /// <summary>Of a paste that many keys are answered.</summary>
    private const int AnswersMax = 8;

    private CanvasProgram? _output;

    protected override void OnStart(long nowMicros)
    {
        _output = NewOutput();
        NextTickMicros = nowMicros + 5000;
    }

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        for (int i = 0; i < Math.Min(keys.Length, AnswersMax); i++)
        {
            Write(nowMicros, Random.Between(300, 5000), _output!.Next());
        }
    }

    protected override void OnResize(long nowMicros)
    {
        Write(nowMicros, 1000, LeaveAlternate);
        _output = NewOutput();
    }

    protected override void OnTick(long nowMicros)
    {
        if (!IsResting)
        {
            Write(nowMicros, 0, _output!.Next());
            NextTickMicros = nowMicros + Random.BetweenMicros(5000, Random.Below(4) == 0 ? 2_000_000 : 200_000);
        }
    }

    private CanvasProgram NewOutput() => new(new SeededRandom(Random.NextUInt64()), Math.Max(Width, 2), Math.Max(Height, 2));
}
