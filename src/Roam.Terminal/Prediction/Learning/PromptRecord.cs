namespace Roam.Terminal;

/// <summary>What became of the lines typed at one prompt.</summary>
internal struct PromptRecord
{
    /// <summary>Lines whose echo was seen.</summary>
    public int Right;

    /// <summary>Lines that were typed into and not echoed, or shown wrongly.</summary>
    public int Wrong;

    /// <summary>A line editor read there, with bracketed paste on: without it, it is an imitation.</summary>
    public bool WasEdited;

    /// <summary>In which rendition the program echoes the first character; null until seen.</summary>
    public Style? EchoStyle;
}
