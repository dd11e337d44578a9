namespace Roam.Terminal;

/// <summary>From the compiled entry. A capability counts only in the form that the painter writes: a terminal that has it in another one does not get it.</summary>
public sealed partial record TerminalCapabilities
{
    /// <summary>Its buffer for a string has 768 bytes; a character may take four.</summary>
    private const int ScreenStringLengthMax = 180;

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
            bool known = TerminalFamily.HasTitle(term);
            bool plain = TerminalFamily.IsPlain(term);
            TerminalCapabilities guessed = Default with { Colors = guess, TrueColor = promisesTrueColor, Title = known, CursorShape = known, ControlStrings = !plain, PrivateModes = !plain, Scrollback = !plain };
            return guessed.WithFamily(term);
        }

        bool repeats = Is(entry, TerminfoIndex.RepeatCharacter, "%p1%c\e[%p2%{1}%-%db"u8);
        return new TerminalCapabilities
        {
            Colors = ColorsOf(entry),
            TrueColor = promisesTrueColor || entry.HasExtended("Tc"u8) || entry.HasExtended("RGB"u8),
            ColorResets = Is(entry, TerminfoIndex.OriginalPair, "\e[39;49m"u8),
            AttributeResets = Is(entry, TerminfoIndex.ExitUnderlineMode, "\e[24m"u8),
            Faint = Is(entry, TerminfoIndex.EnterDimMode, "\e[2m"u8),
            Italic = Is(entry, TerminfoIndex.EnterItalicsMode, "\e[3m"u8),
            RapidBlink = false,
            Strike = entry.HasExtended("smxx"u8),
            Overline = entry.HasExtended("Smol"u8) || entry.HasExtended("XT"u8),
            StyledUnderlines = entry.HasExtended("Smulx"u8) || entry.HasExtended("Su"u8) || entry.HasExtended("Setulc"u8),
            BackColorErase = entry.Flag(TerminfoIndex.BackColorErase),
            EraseCharacters = Is(entry, TerminfoIndex.EraseChars, "\e[%p1%dX"u8),
            EraseLine = Is(entry, TerminfoIndex.ClearToEndOfLine, "\e[K"u8),
            EraseLineStart = Is(entry, TerminfoIndex.ClearToBeginningOfLine, "\e[1K"u8),
            EraseDisplay = Is(entry, TerminfoIndex.ClearToEndOfScreen, "\e[J"u8),
            InsertDelete = Is(entry, TerminfoIndex.ParmInsertCharacters, "\e[%p1%d@"u8) && Is(entry, TerminfoIndex.ParmDeleteCharacters, "\e[%p1%dP"u8),
            Repeat = repeats && !TerminalFamily.IsBorrowed(term),
            RepeatsIfNamed = repeats,
            ScrollRegion = Is(entry, TerminfoIndex.ChangeScrollRegion, "\e[%i%p1%d;%p2%dr"u8),
            ReverseScroll = Is(entry, TerminfoIndex.ScrollReverse, "\eM"u8),
            ScrollDown = Is(entry, TerminfoIndex.ParmReverseIndex, "\e[%p1%dT"u8),
            CursorMotion = HasCursorMotion(entry),
            LineAddress = Is(entry, TerminfoIndex.ColumnAddress, "\e[%i%p1%dG"u8) && Is(entry, TerminfoIndex.RowAddress, "\e[%i%p1%dd"u8),
            CursorVisibility = entry.String(TerminfoIndex.CursorInvisible).StartsWith("\e[?25l"u8),
            BottomRightScrolls = entry.Flag(TerminfoIndex.AutoRightMargin) && !entry.Flag(TerminfoIndex.EatNewlineGlitch),
            PrivateModes = !entry.String(TerminfoIndex.KeyMouse).IsEmpty || TerminalFamily.HasTitle(term),
            Title = TerminalFamily.HasTitle(term) || entry.HasExtended("XT"u8) || entry.String(TerminfoIndex.ToStatusLine).StartsWith("\e]"u8),
            ControlStrings = !TerminalFamily.IsPlain(term),
            Scrollback = !TerminalFamily.IsPlain(term),
            CursorShape = TerminalFamily.HasTitle(term) || entry.HasExtended("Ss"u8),
            TrustsIdeographs = !TerminalFamily.IsDec(term),
            EnterAlternateScreen = WithoutPadding(entry.String(TerminfoIndex.EnterCaMode)),
            LeaveAlternateScreen = WithoutPadding(entry.String(TerminfoIndex.ExitCaMode)),
        }.WithFamily(term);
    }

    /// <summary>GNU screen prints the rest of a string that is too long for it; tmux, which may have the same TERM, says who it is.</summary>
    private TerminalCapabilities WithFamily(string? term)
    {
        bool isScreen = term is not null && term.StartsWith("screen", StringComparison.Ordinal);
        string name = term is not null && term.StartsWith("xterm-", StringComparison.Ordinal) ? term["xterm-".Length..] : term ?? "";
        return this with
        {
            Hyperlinks = !isScreen,
            StringLengthMax = isScreen ? ScreenStringLengthMax : int.MaxValue,
            Progress = TerminalFamily.HasProgress(name),
            Notifications = TerminalFamily.NotificationsOf(name),
        };
    }

    private static bool HasCursorMotion(Terminfo entry) =>
        Is(entry, TerminfoIndex.ParmUpCursor, "\e[%p1%dA"u8) && Is(entry, TerminfoIndex.ParmDownCursor, "\e[%p1%dB"u8)
        && Is(entry, TerminfoIndex.ParmRightCursor, "\e[%p1%dC"u8) && Is(entry, TerminfoIndex.ParmLeftCursor, "\e[%p1%dD"u8);

    private static bool Is(Terminfo entry, int index, ReadOnlySpan<byte> form) => WithoutPadding(entry.String(index)).AsSpan().SequenceEqual(form);

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
