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
}
