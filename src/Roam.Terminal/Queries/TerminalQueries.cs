using System.Buffers;

namespace Roam.Terminal;

/// <summary>
/// One burst of questions to the user's terminal, DA1 last as a fence. Sent beside the first frame, which does not wait for the answers
/// (<see cref="TerminalAnswers"/>). Sources: VT510 manual (DECRQM, DA1), xterm ctlseqs (XTVERSION, OSC 10 and 11, XTWINOPS 16), the kitty keyboard protocol.
/// </summary>
public static class TerminalQueries
{
    /// <summary>Apple's Terminal prints the final byte of a control sequence with intermediates.</summary>
    private const string AppleTerminal = "Apple_Terminal";

    /// <summary>
    /// Whether there is anything to gain and nothing to spoil: not on consoles and hardware, which print what they do not know and have none of it,
    /// nor on a terminal whose entry moves the cursor otherwise than ANSI's do.
    /// </summary>
    public static bool AreWelcome(string? term, ReadOnlySpan<byte> terminfo)
    {
        if (TerminalFamily.IsPlain(term))
        {
            return false;
        }

        Terminfo? entry = Terminfo.Parse(terminfo);
        return entry is null ? TerminalFamily.HasTitle(term) : entry.String(TerminfoIndex.CursorAddress).StartsWith("\e[%i%p1%d;%p2%dH"u8);
    }

    public static void Write(IBufferWriter<byte> destination, string? terminalProgram)
    {
        if (terminalProgram != AppleTerminal)
        {
            destination.Write("\e[?2026$p\e[?2027$p\e[?2031$p"u8);
        }

        destination.Write("\e[>0q\e[?u\e]10;?\e\\\e]11;?\e\\\e[16t\e[c"u8);
    }
}
