namespace Roam.Terminal;

/// <summary>What the user's terminal said of itself. Null or 0: it did not say.</summary>
public sealed record TerminalFacts
{
    public static readonly TerminalFacts None = new();

    /// <summary>The last answer has come: what is still null is not there.</summary>
    public bool IsComplete { get; init; }

    /// <summary>XTVERSION: name and version.</summary>
    public string? Name { get; init; }

    /// <summary>The parameters of DA1, as they came: "64;1;2;22".</summary>
    public string? DeviceAttributes { get; init; }

    /// <summary>Mode 2026 can be set and reset.</summary>
    public bool? SynchronizedOutput { get; init; }

    /// <summary>Mode 2027: the terminal measures grapheme clusters, or can.</summary>
    public bool? GraphemeClusters { get; init; }

    /// <summary>Mode 2031: the terminal tells of changes between dark and light.</summary>
    public bool? ColorSchemeReports { get; init; }

    /// <summary>The kitty keyboard protocol is there; these of its flags were on.</summary>
    public int? KeyboardFlags { get; init; }

    /// <summary>Default colours (OSC 10, 11).</summary>
    public Color? Foreground { get; init; }

    public Color? Background { get; init; }

    /// <summary>Size of a cell in pixels.</summary>
    public int CellWidth { get; init; }

    public int CellHeight { get; init; }
}
