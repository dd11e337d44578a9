namespace Roam.Terminal;

/// <summary>
/// What is known about the user's real terminal, so that questions about it are answered on the spot and honestly. The default is "nothing known":
/// then the question stays unanswered, since a program takes a guess for the truth.
/// </summary>
public sealed record ClientTerminal
{
    public static readonly ClientTerminal Unknown = new();

    public Color? Foreground { get; init; }

    public Color? Background { get; init; }

    public Color? CursorColor { get; init; }

    public ColorScheme Scheme { get; init; }

    /// <summary>Size of a character cell in pixels; 0 = not known.</summary>
    public int CellWidth { get; init; }

    public int CellHeight { get; init; }

    /// <summary>It has kitty's keyboard protocol: what the program asks for reaches it.</summary>
    public bool HasKittyKeyboard { get; init; }

    /// <summary>It has xterm's modifyOtherKeys and formatOtherKeys.</summary>
    public bool HasModifyOtherKeys { get; init; }

    internal bool KnowsPixels => CellWidth > 0 && CellHeight > 0;
}
