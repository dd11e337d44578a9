namespace Roam.Terminal;

/// <summary>The terminal modes that are part of the synchronised picture: what the user's own terminal must be set to.</summary>
public record struct ScreenModes
{
    public bool ReverseVideo { get; set; }

    public bool CursorHidden { get; set; }

    public bool BracketedPaste { get; set; }

    public bool FocusEvents { get; set; }

    public MouseTracking Mouse { get; set; }

    public MouseEncoding MouseEncoding { get; set; }

    /// <summary>Mode 1007: on the alternate screen the wheel sends cursor keys.</summary>
    public bool AlternateScroll { get; set; }

    /// <summary>The flags of kitty's keyboard protocol in force; 0 unless the user's terminal has it.</summary>
    public byte KeyboardFlags { get; set; }

    /// <summary>xterm's modifyOtherKeys (0-3); 0 unless the user's terminal has it.</summary>
    public byte ModifyOtherKeys { get; set; }

    /// <summary>xterm's formatOtherKeys (0-1).</summary>
    public byte FormatOtherKeys { get; set; }
}
