using Roam.Terminal;

namespace Roam.Lab;

/// <summary>What the judge says of one key; the screens are there for whoever wants to see why.</summary>
internal sealed record KeyVerdict
{
    public required int Number { get; init; }

    public required long Micros { get; init; }

    public required Keystroke Key { get; init; }

    /// <summary>The client was there when it was typed; else nothing else holds.</summary>
    public bool Counts { get; init; }

    /// <summary>The program's screen changed by it: glyphs, renditions or the cursor.</summary>
    public bool IsVisible { get; init; }

    /// <summary>The client's screen had that change in time.</summary>
    public bool IsShown { get; init; }

    /// <summary>
    /// The same with glyphs in the cursor's rows alone, when the cursor moved: a ruler or a status line that counts elsewhere need not be there at once. Reported beside, never in place of,
    /// <see cref="IsShown"/>.
    /// </summary>
    public bool IsShownAtCursor { get; init; }

    public int WrongCells { get; init; }

    /// <summary>The first of the wrong cells; null: none is wrong.</summary>
    public (int Row, int Column)? WrongCell { get; init; }

    public bool HasWrongCursor { get; init; }

    public bool IsLeaked { get; set; }

    public bool IsWrong => WrongCells != 0 || HasWrongCursor;

    /// <summary>The reference just before the key; null before it said anything.</summary>
    public Screen? Before { get; init; }

    /// <summary>The state of the reference that the client was compared with: the one it shows, else the first that changed.</summary>
    public Screen? Answer { get; init; }

    /// <summary>How long after the key the reference came to that state.</summary>
    public long AnswerMicros { get; init; }

    public Screen? ClientBefore { get; init; }

    /// <summary>What the client showed when its time was over.</summary>
    public Screen? ClientAfter { get; init; }
}
