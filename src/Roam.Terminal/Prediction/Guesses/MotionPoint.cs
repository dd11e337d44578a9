namespace Roam.Terminal;

/// <summary>A motion key that is not answered yet.</summary>
/// <param name="Context">Where it was typed, with the key.</param>
/// <param name="Group">Where it was typed, with the kind of key.</param>
/// <param name="Row">Where the cursor should stand then.</param>
/// <param name="Column">Where the cursor should stand then.</param>
/// <param name="FromRow">The row it was typed on ...</param>
/// <param name="FromHash">... and what stood there: a row that changes was typed into.</param>
/// <param name="Moves">False: the cursor should stay where it is, which proves nothing.</param>
/// <param name="IsShown">The user sees it.</param>
/// <param name="DueFrame">When it can be judged.</param>
internal readonly record struct MotionPoint(
    ulong Context, ulong Group, int Row, int Column, int FromRow, ulong FromHash, bool Moves, bool IsShown, ulong DueFrame);
