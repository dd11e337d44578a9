namespace Roam.Terminal;

/// <summary>What became of the lines typed at one prompt.</summary>
internal struct PromptRecord
{
    /// <summary>Lines whose echo was seen since something there was wrong; -1 right behind that.</summary>
    public int Right;

    /// <summary>A line editor read there, with bracketed paste on: without it, it is an imitation.</summary>
    public bool WasEdited;

    /// <summary>In which rendition the program echoes the first character; null until seen.</summary>
    public Style? EchoStyle;
}
