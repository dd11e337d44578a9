namespace Roam.Terminal;

/// <summary>Rows <paramref name="Top"/>..<paramref name="Bottom"/> (inclusive) move up by <paramref name="Count"/>, down when it is negative; 0 = nothing to move.</summary>
internal readonly record struct ScrollMove(int Top, int Bottom, int Count);
