namespace Roam.Terminal;

/// <summary>The states of OSC 9;4 (ConEmu, "Progress bar").</summary>
public enum ProgressState : byte
{
    None = 0,
    Normal = 1,
    Error = 2,

    /// <summary>Busy, for an unknown time.</summary>
    Indeterminate = 3,
    Paused = 4,
}
