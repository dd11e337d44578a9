namespace Roam.Transport;

/// <summary>The extensions that an Instruction of a diff may hold (ssp.md section 3). Numbers from 100 on are Roam's own.</summary>
public enum DiffItemKind
{
    /// <summary>Extension 2: keystroke in a user message, hostbytes in a host message.</summary>
    Bytes = 2,
    Resize = 3,

    /// <summary>Host message only.</summary>
    EchoAck = 7,

    /// <summary>hello in a user message, welcome in a host message.</summary>
    Announcement = 100,

    /// <summary>User message only: what the user's terminal is, once more.</summary>
    Terminal = 101,

    /// <summary>Host message only.</summary>
    FarTerminal = 102,

    /// <summary>Host message only.</summary>
    ScreenExtras = 103,

    /// <summary>Host message only: <see cref="FrameLinesMessage"/>.</summary>
    FrameLines = 104,

    /// <summary>Host message only: <see cref="ExitStatusMessage"/>.</summary>
    ExitStatus = 105,
}
