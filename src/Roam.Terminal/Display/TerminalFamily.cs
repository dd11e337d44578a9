namespace Roam.Terminal;

/// <summary>What the name in TERM tells beyond its terminfo entry.</summary>
public static class TerminalFamily
{
    /// <summary>Families that take OSC titles and DECSCUSR although their entries do not say so.</summary>
    private static readonly string[] Titled =
        ["xterm", "rxvt", "kterm", "Eterm", "alacritty", "screen", "tmux", "kitty", "foot", "wezterm", "ghostty", "konsole", "gnome", "vte", "putty", "mintty", "iterm"];

    /// <summary>
    /// Consoles and hardware, which print what they do not know: old Linux kernels show the text of an OSC and the final of a control sequence with
    /// intermediates.
    /// </summary>
    private static readonly string[] Plain = ["linux", "dumb", "unknown", "ansi", "cons25", "sun", "pcansi", "cygwin", "emacs", "eterm-", "minix", "hurd", "network"];

    /// <summary>Those that show OSC 9;4 or are known to ignore it; names as in TERM and in XTVERSION. Others may show it as a message.</summary>
    private static readonly string[] Progressing = ["ghostty", "kitty", "VTE", "gnome", "mintty", "konsole", "tmux", "WezTerm 2025", "WezTerm 2026", "iTerm2 3.6", "Windows Terminal"];

    /// <summary>Those that read OSC 777.</summary>
    private static readonly string[] Titling = ["rxvt", "foot", "ghostty", "WezTerm", "contour", "VTE", "gnome"];

    public static bool HasProgress(string? name) => StartsWithOne(name, Progressing);

    public static NotificationForm NotificationsOf(string? name) => StartsWithOne(name, Titling) ? NotificationForm.TitleAndBody : NotificationForm.Text;

    public static bool HasTitle(string? term) => StartsWithOne(term, Titled);

    /// <summary>Nothing may be sent to it but what its entry has: no control string, no query.</summary>
    public static bool IsPlain(string? term) => string.IsNullOrEmpty(term) || IsDec(term) || StartsWithOne(term, Plain);

    /// <summary>vt100, vt220, vt52 and the like; "vte" is another family.</summary>
    public static bool IsDec(string? term) => term is { Length: > 2 } && term.StartsWith("vt", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(term[2]);

    /// <summary>The name of which terminals without an entry of their own make use: a rare capability in it is no promise.</summary>
    public static bool IsBorrowed(string? term) => term is not null && (term is "xterm" or "xterm-256color" or "xterm-color" or "xterm-16color" or "xterm-direct");

    private static bool StartsWithOne(string? term, string[] prefixes)
    {
        foreach (string prefix in prefixes)
        {
            if (term is not null && term.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
