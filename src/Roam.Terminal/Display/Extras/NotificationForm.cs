namespace Roam.Terminal;

/// <summary>How a terminal takes a message for the desktop.</summary>
public enum NotificationForm
{
    /// <summary>OSC 9 ; text (iTerm2): read by most that show messages at all. A title goes before the text.</summary>
    Text,

    /// <summary>OSC 777 ; notify ; title ; body (urxvt).</summary>
    TitleAndBody,
}
