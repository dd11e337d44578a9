namespace Roam.Lab;

/// <summary>Counts over many sessions; the first failures are printed.</summary>
internal sealed class CanvasTally
{
    private const int PrintedMax = 3;

    private int _seeds;
    private int _failures;
    private long _lines;
    private int _lost;
    private int _doubled;
    private int _resizes;
    private int _largest;
    private int _joinedOtherwise;

    /// <summary>Doubled lines are allowed where the window was resized, and nothing else.</summary>
    public bool IsGood => _failures == 0 && _lost == 0;

    public override string ToString() =>
        $"{_seeds} seeds, {_lines} lines, {_failures} failures" + (_resizes == 0 ? "" : $", {_resizes} resizes, {_lost} lost, {_doubled} doubled") + $", largest update {_largest} bytes" + (_joinedOtherwise == 0 ? "" : $", {_joinedOtherwise} seeds with lines joined otherwise");

    public void Add(CanvasSessionOptions options, ICanvasTerminal terminal)
    {
        CanvasSession session = new(options, terminal);
        session.Run();
        _seeds++;
        _resizes += session.Resizes;
        _largest = Math.Max(_largest, session.LargestUpdate);
        string? failure = session.Scan.Forbidden is { } forbidden ? "forbidden: " + forbidden : null;
        if (options.ResizesWidth || options.ResizesHeight)
        {
            (int lost, int doubled) = CanvasVerdict.Count(terminal, session.Lines);
            _lines += session.Lines;
            _lost += lost;
            _doubled += doubled;
            failure ??= lost == 0 ? null : $"{lost} lines lost";
        }
        else
        {
            _lines += (long)session.Server.Screen.LinesAbove;
            failure ??= CanvasVerdict.Compare(session.Server, terminal);
            if (terminal is TmuxTerminal tmux)
            {
                // What tmux joins is its own affair across the alternate screen: counted, no failure.
                _joinedOtherwise += CanvasVerdict.JoinsLike(session.Server, tmux.Lines()) ? 0 : 1;
            }
        }

        if (failure is not null && ++_failures <= PrintedMax)
        {
            Console.WriteLine($"seed {options.Seed} at {options.Width}x{options.Height}: {failure}");
        }
    }
}
