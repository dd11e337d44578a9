namespace Roam.Terminal;

/// <summary>A key whose effect was foreseen but not shown: its answer teaches whether it could have been.</summary>
/// <param name="Context">Where it was typed.</param>
/// <param name="Key">What was typed.</param>
/// <param name="Row">Where the cursor should stand then.</param>
/// <param name="Column">Where the cursor should stand then.</param>
/// <param name="DueFrame">When it can be judged.</param>
internal readonly record struct EffectTrial(ulong Context, TypedKey Key, int Row, int Column, ulong DueFrame);
