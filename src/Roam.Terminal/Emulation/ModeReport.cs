namespace Roam.Terminal;

/// <summary>The second parameter of DECRPM (VT510, "Report Mode").</summary>
internal enum ModeReport
{
    NotRecognized = 0,
    Set = 1,
    Reset = 2,
    PermanentlySet = 3,
    PermanentlyReset = 4,
}
