namespace Roam.Session;

/// <summary>What Roam peers may have in common beyond stock's protocol. The numbers are those of docs/protocol.md, section 8; a number is never given twice.</summary>
public enum Feature
{
    ScreenExtras = 1,
    History = 2,
    Streams = 3,
    ExitStatus = 4,
    SessionControl = 5,
    LossReport = 6,
    FarTerminal = 7,
    Paths = 8,
    Channels = 9,
}
