namespace Roam.Terminal;

/// <summary>What mouse events the program wants: the DEC private mode number (xterm ctlseqs, "Mouse Tracking").</summary>
public enum MouseTracking : ushort
{
    None = 0,
    X10 = 9,
    Normal = 1000,
    Highlight = 1001,
    ButtonEvent = 1002,
    AnyEvent = 1003,
}
