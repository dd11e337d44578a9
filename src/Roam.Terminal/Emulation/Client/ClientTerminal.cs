namespace Roam.Terminal;

/// <summary>
/// What is known about the user's real terminal, so that questions about it are answered on the spot and honestly. The default is "nothing known":
/// then the question stays unanswered, since a program takes a guess for the truth.
/// </summary>
public sealed record ClientTerminal
{
    public static readonly ClientTerminal Unknown = new();

    /// <summary>TERM and colours: for information, nothing is decided by them here.</summary>
    public string? Term { get; init; }

    /// <summary>Palette size; 0 = not known.</summary>
    public int Colors { get; init; }

    public bool TrueColor { get; init; }

    public bool SynchronizedOutput { get; init; }

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

    /// <summary>Names in XTVERSION of terminals that have modifyOtherKeys.</summary>
    private static readonly string[] OtherKeysNames = ["XTerm", "mintty", "foot", "ghostty", "iTerm2", "tmux"];

    /// <summary>The client's own terminal, by its entry and by what it has answered.</summary>
    public static ClientTerminal Of(string? term, TerminalCapabilities capabilities, TerminalFacts facts) => new()
    {
        Term = term,
        Colors = capabilities.Colors,
        TrueColor = capabilities.TrueColor,
        SynchronizedOutput = capabilities.SynchronizedOutput,
        Foreground = facts.Foreground,
        Background = facts.Background,
        Scheme = facts.Background is { } background ? SchemeOf(background) : ColorScheme.Unknown,
        CellWidth = facts.CellWidth,
        CellHeight = facts.CellHeight,
        HasKittyKeyboard = facts.KeyboardFlags is not null,
        HasModifyOtherKeys = facts.Name is { } name && Array.Exists(OtherKeysNames, known => name.StartsWith(known, StringComparison.OrdinalIgnoreCase)),
    };

    /// <summary>By the background's luminance (ITU-R BT.709).</summary>
    private static ColorScheme SchemeOf(Color background)
    {
        int luminance = (2126 * background.Red) + (7152 * background.Green) + (722 * background.Blue);
        return luminance < 10_000 * 128 ? ColorScheme.Dark : ColorScheme.Light;
    }
}
