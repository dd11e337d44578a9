namespace Roam.Terminal;

/// <summary>How a key of a full-screen program moves the cursor.</summary>
internal enum Motion : byte
{
    None,
    Left,
    Right,
    Up,
    Down,
    LineStart,
    FirstGlyph,
    LineEnd,
    NextWord,
    PreviousWord,
    WordEnd,

    /// <summary>vi: to the next place of what was searched for.</summary>
    NextMatch,
    PreviousMatch,

    /// <summary>emacs: behind the next run of letters and digits.</summary>
    ForwardWord,

    /// <summary>emacs: to the start of the run of letters and digits before.</summary>
    BackwardWord,
}
