namespace Roam.Terminal;

/// <summary>What the user's own terminal can do, as far as the painter needs to know. Built by the host from TERM, COLORTERM and the compiled terminfo entry.</summary>
public sealed record TerminalCapabilities
{
    /// <summary>What to assume of a terminal without a terminfo entry: what every emulator in use has.</summary>
    public static readonly TerminalCapabilities Default = new();

    /// <summary>Palette size: 0 (monochrome), 8, 16, 88 or 256.</summary>
    public int Colors { get; init; } = 8;

    /// <summary>Takes 38;2;r;g;b.</summary>
    public bool TrueColor { get; init; }

    /// <summary>Erasing and scrolling leave the pen's background.</summary>
    public bool BackColorErase { get; init; }

    /// <summary>ECH.</summary>
    public bool EraseCharacters { get; init; } = true;

    /// <summary>EL.</summary>
    public bool EraseLine { get; init; } = true;

    /// <summary>DECSTBM.</summary>
    public bool ScrollRegion { get; init; } = true;

    /// <summary>Printing in the last column moves on at once, so the last cell of the screen cannot be printed.</summary>
    public bool BottomRightScrolls { get; init; }

    /// <summary>OSC 0, 1, 2.</summary>
    public bool Title { get; init; }

    /// <summary>DECSCUSR.</summary>
    public bool CursorShape { get; init; }

    /// <summary>Underline styles and colours in colon form.</summary>
    public bool StyledUnderlines { get; init; }

    /// <summary>Mode 2026. Terminfo does not tell it; for a host that has asked the terminal (DECRQM).</summary>
    public bool SynchronizedOutput { get; init; }

    /// <summary>smcup, empty when there is none.</summary>
    public ReadOnlyMemory<byte> EnterAlternateScreen { get; init; } = "\e[?1049h"u8.ToArray();

    /// <summary>rmcup.</summary>
    public ReadOnlyMemory<byte> LeaveAlternateScreen { get; init; } = "\e[?1049l"u8.ToArray();

    /// <param name="terminfo">The compiled entry, or empty when there is none.</param>
    /// <param name="term">TERM.</param>
    /// <param name="colorTerm">COLORTERM ("truecolor" or "24bit" promise direct colour).</param>
    public static TerminalCapabilities From(ReadOnlySpan<byte> terminfo, string? term, string? colorTerm)
    {
        bool promisesTrueColor = colorTerm is "truecolor" or "24bit";
        Terminfo? entry = Terminfo.Parse(terminfo);
        if (entry is null)
        {
            int guess = term is not null && term.Contains("256color", StringComparison.Ordinal) ? 256 : Default.Colors;
            return Default with { Colors = guess, TrueColor = promisesTrueColor, Title = HasTitle(term), CursorShape = HasTitle(term) };
        }

        bool hasStyledUnderlines = entry.HasExtended("Smulx"u8) || entry.HasExtended("Su"u8) || entry.HasExtended("Setulc"u8);
        return new TerminalCapabilities
        {
            Colors = ColorsOf(entry),
            TrueColor = promisesTrueColor || entry.HasExtended("Tc"u8) || entry.HasExtended("RGB"u8),
            BackColorErase = entry.Flag(TerminfoIndex.BackColorErase),
            EraseCharacters = !entry.String(TerminfoIndex.EraseChars).IsEmpty,
            EraseLine = !entry.String(TerminfoIndex.ClearToEndOfLine).IsEmpty,
            ScrollRegion = !entry.String(TerminfoIndex.ChangeScrollRegion).IsEmpty,
            BottomRightScrolls = entry.Flag(TerminfoIndex.AutoRightMargin) && !entry.Flag(TerminfoIndex.EatNewlineGlitch),
            Title = HasTitle(term) || entry.HasExtended("XT"u8) || entry.String(TerminfoIndex.ToStatusLine).StartsWith("\e]"u8),
            CursorShape = HasTitle(term) || entry.HasExtended("Ss"u8),
            StyledUnderlines = hasStyledUnderlines,
            EnterAlternateScreen = WithoutPadding(entry.String(TerminfoIndex.EnterCaMode)),
            LeaveAlternateScreen = WithoutPadding(entry.String(TerminfoIndex.ExitCaMode)),
        };
    }

    /// <summary>
    /// A terminal whose setaf is no SGR sequence (Wyse, Tektronix) gets no colours: we write SGR only. Direct-colour entries claim 2^24 colours and
    /// mean 38;2 by it.
    /// </summary>
    private static int ColorsOf(Terminfo entry)
    {
        int colors = entry.Number(TerminfoIndex.MaxColors);
        if (colors < 8 || !entry.String(TerminfoIndex.SetAForeground).StartsWith("\e["u8))
        {
            return 0;
        }

        return colors >= 256 ? 256 : colors >= 88 ? 88 : colors >= 16 ? 16 : 8;
    }

    /// <summary>Families that take OSC titles and DECSCUSR although their entries do not say so.</summary>
    private static bool HasTitle(string? term)
    {
        ReadOnlySpan<string> families =
            ["xterm", "rxvt", "kterm", "Eterm", "alacritty", "screen", "tmux", "kitty", "foot", "wezterm", "ghostty", "konsole", "gnome", "vte", "putty", "mintty", "iterm"];
        foreach (string family in families)
        {
            if (term is not null && term.StartsWith(family, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Removes the "$&lt;5/&gt;" delays of terminfo: they are for serial lines.</summary>
    private static byte[] WithoutPadding(ReadOnlySpan<byte> capability)
    {
        byte[] clean = new byte[capability.Length];
        int length = 0;
        while (!capability.IsEmpty)
        {
            int end = capability.StartsWith("$<"u8) ? capability.IndexOf((byte)'>') : -1;
            if (end < 0)
            {
                clean[length++] = capability[0];
            }

            capability = capability[(Math.Max(end, 0) + 1)..];
        }

        return clean[..length];
    }
}
