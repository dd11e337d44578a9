namespace Roam.Terminal;

/// <summary>
/// What the user's own terminal can do, as far as the painter needs to know. Built by the host from TERM, COLORTERM and the compiled terminfo entry, and
/// again when the terminal has answered (<see cref="With"/>). The values here are what to assume without an entry: what every emulator in use has.
/// </summary>
public sealed partial record TerminalCapabilities
{
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

    /// <summary>EL 1: from the start of the line to the cursor.</summary>
    public bool EraseLineStart { get; init; } = true;

    /// <summary>ED: from the cursor to the end of the screen.</summary>
    public bool EraseDisplay { get; init; } = true;

    /// <summary>ICH and DCH.</summary>
    public bool InsertDelete { get; init; } = true;

    /// <summary>REP.</summary>
    public bool Repeat { get; init; }

    /// <summary>The entry has REP, but under a name that terminals without it borrow.</summary>
    public bool RepeatsIfNamed { get; init; }

    /// <summary>DECSTBM.</summary>
    public bool ScrollRegion { get; init; } = true;

    /// <summary>RI at the top of the region scrolls down.</summary>
    public bool ReverseScroll { get; init; } = true;

    /// <summary>SD: several rows at once.</summary>
    public bool ScrollDown { get; init; }

    /// <summary>CUU, CUD, CUF, CUB.</summary>
    public bool CursorMotion { get; init; } = true;

    /// <summary>CHA and VPA.</summary>
    public bool LineAddress { get; init; } = true;

    /// <summary>DECTCEM.</summary>
    public bool CursorVisibility { get; init; } = true;

    /// <summary>SGR 22 to 27: an attribute can be switched off alone.</summary>
    public bool AttributeResets { get; init; } = true;

    /// <summary>SGR 39 and 49.</summary>
    public bool ColorResets { get; init; } = true;

    public bool Faint { get; init; } = true;

    public bool Italic { get; init; } = true;

    public bool Strike { get; init; } = true;

    public bool Overline { get; init; } = true;

    /// <summary>SGR 6; without it rapid blink is blink.</summary>
    public bool RapidBlink { get; init; } = true;

    /// <summary>Underline styles and colours in colon form; without them every underline is a plain one.</summary>
    public bool StyledUnderlines { get; init; }

    /// <summary>Printing in the last column moves on at once, so the last cell of the screen cannot be printed.</summary>
    public bool BottomRightScrolls { get; init; }

    /// <summary>Mouse, focus and paste modes may be reset without knowing that they were set. Else only what a session set is reset.</summary>
    public bool PrivateModes { get; init; } = true;

    /// <summary>OSC 0, 1, 2.</summary>
    public bool Title { get; init; }

    /// <summary>OSC strings leave nothing on the screen, known or not: the clipboard may be sent.</summary>
    public bool ControlStrings { get; init; } = true;

    /// <summary>OSC 8: the terminal may have hyperlinks. Only together with <see cref="ControlStrings"/>.</summary>
    public bool Hyperlinks { get; init; } = true;

    /// <summary>OSC 9;4: progress. Elsewhere it may pop up as a message.</summary>
    public bool Progress { get; init; }

    public NotificationForm Notifications { get; init; }

    /// <summary>Longest control string in characters; a longer one is left out whole.</summary>
    public int StringLengthMax { get; init; } = int.MaxValue;

    /// <summary>xterm's stack of titles (XTWINOPS 22, 23): known to whoever takes titles, or ignored.</summary>
    public bool TitleStack => Title && ControlStrings;

    /// <summary>DECSCUSR.</summary>
    public bool CursorShape { get; init; }

    /// <summary>Mode 2026. Terminfo does not tell it; the terminal is asked (DECRQM).</summary>
    public bool SynchronizedOutput { get; init; }

    /// <summary>Ideographs, kana and Hangul take two columns: every terminal that knows UTF-8 agrees on these.</summary>
    public bool TrustsIdeographs { get; init; } = true;

    /// <summary>East Asian users may have set their terminal to give ambiguous characters two columns: only ASCII is of certain width.</summary>
    public bool DoubtsAmbiguous { get; init; }

    /// <summary>Rows that leave the screen at its top can be looked at again. Consoles have no such rows any more (Linux 5.9), hardware never had.</summary>
    public bool Scrollback { get; init; } = true;

    /// <summary>Whether history can be drawn into the terminal's scrollback: erasing is needed, and a bottom right cell that can be printed without scrolling.</summary>
    public bool TakesHistory => Scrollback && EraseLine && EraseDisplay && !BottomRightScrolls;

    /// <summary>smcup, empty when there is none.</summary>
    public ReadOnlyMemory<byte> EnterAlternateScreen { get; init; } = "\e[?1049h"u8.ToArray();

    /// <summary>rmcup.</summary>
    public ReadOnlyMemory<byte> LeaveAlternateScreen { get; init; } = "\e[?1049l"u8.ToArray();
}
