#pragma warning disable CA1822
namespace Roam.Terminal;

/// <summary>The user's wishes for the painter.</summary>
public sealed record TerminalPainterOptions
{
    public static readonly TerminalPainterOptions Default = new();

    /// <summary>Put before every window title and icon name; empty with MOSH_TITLE_NOPREFIX.</summary>
    public string TitlePrefix { get; init; } = "[mosh] ";

    /// <summary>Switch to the terminal's alternate screen; false with MOSH_NO_TERM_INIT.</summary>
    public bool AlternateScreen { get; init; } = true;

    /// <summary>History may go to the terminal's own scrollback: draw on its main screen where the terminal and the server allow it.</summary>
    public bool NativeScrollback { get; init; }
}
