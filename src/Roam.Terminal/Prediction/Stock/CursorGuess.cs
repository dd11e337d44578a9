namespace Roam.Terminal;

/// <summary>Where the cursor is guessed to be after the keys of one epoch.</summary>
internal record struct CursorGuess(int Row, int Column, long Epoch, ulong DueFrame);
