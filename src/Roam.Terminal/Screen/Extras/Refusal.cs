namespace Roam.Terminal;

/// <summary>An event that was too large to be passed on; the newest one, and how many there were. The user is told.</summary>
public readonly record struct Refusal(RefusedExtra What, ulong Count);
