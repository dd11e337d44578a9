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
}
