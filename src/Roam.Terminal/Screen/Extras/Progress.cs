namespace Roam.Terminal;

/// <summary>How far the program says it is: a state and 0-100.</summary>
public readonly record struct Progress(ProgressState State, byte Percent);
