namespace Roam.Terminal;

/// <summary>DEC private modes that are part of the picture.</summary>
internal static class ModeWriter
{
    private static readonly MouseTracking[] Trackings =
        [MouseTracking.AnyEvent, MouseTracking.ButtonEvent, MouseTracking.Highlight, MouseTracking.Normal, MouseTracking.X10];

    private static readonly MouseEncoding[] Encodings = [MouseEncoding.SgrPixels, MouseEncoding.Urxvt, MouseEncoding.Sgr, MouseEncoding.Utf8];

    /// <summary>Only what differs; everything when <paramref name="known"/> is null.</summary>
    public static void Write(ref ByteSink sink, ScreenModes? known, in ScreenModes to)
    {
        bool all = known is null;
        ScreenModes from = known ?? default;
        WriteFlag(ref sink, all, from.ReverseVideo, to.ReverseVideo, "\e[?5"u8);
        WriteFlag(ref sink, all, !from.CursorHidden, !to.CursorHidden, "\e[?25"u8);
        WriteFlag(ref sink, all, from.BracketedPaste, to.BracketedPaste, "\e[?2004"u8);
        WriteFlag(ref sink, all, from.FocusEvents, to.FocusEvents, "\e[?1004"u8);
        if (all)
        {
            WriteMouseOff(ref sink);
        }

        WriteChoice(ref sink, (int)from.Mouse, (int)to.Mouse);
        WriteChoice(ref sink, (int)from.MouseEncoding, (int)to.MouseEncoding);
    }

    /// <summary>
    /// Modes that are written only when a program of the session touched them, never as a matter of course: of the wheel (1007) terminals have defaults of their own, and a keyboard
    /// protocol (kitty's flags as a whole; modifyOtherKeys, formatOtherKeys) is set only where the terminal is known to have it. A stock client knows none of these sequences,
    /// and an unknown one ends its pending wrap. True = something was written.
    /// </summary>
    public static bool WriteTouched(ref ByteSink sink, in ScreenModes from, in ScreenModes to)
    {
        WriteFlag(ref sink, false, from.AlternateScroll, to.AlternateScroll, "\e[?1007"u8);
        WriteNumber(ref sink, from.KeyboardFlags, to.KeyboardFlags, "\e[="u8, ";1u"u8);
        WriteNumber(ref sink, from.ModifyOtherKeys, to.ModifyOtherKeys, "\e[>4;"u8, "m"u8);
        WriteNumber(ref sink, from.FormatOtherKeys, to.FormatOtherKeys, "\e[>4;"u8, "f"u8);
        return from.AlternateScroll != to.AlternateScroll || from.KeyboardFlags != to.KeyboardFlags
            || from.ModifyOtherKeys != to.ModifyOtherKeys || from.FormatOtherKeys != to.FormatOtherKeys;
    }

    private static void WriteNumber(ref ByteSink sink, int from, int to, ReadOnlySpan<byte> introducer, ReadOnlySpan<byte> final)
    {
        if (from != to)
        {
            sink.Put(introducer);
            sink.PutNumber(to);
            sink.Put(final);
        }
    }

    /// <summary>Resets every mouse mode.</summary>
    public static void WriteMouseOff(ref ByteSink sink)
    {
        foreach (MouseTracking tracking in Trackings)
        {
            WriteMode(ref sink, (int)tracking, (byte)'l');
        }

        foreach (MouseEncoding encoding in Encodings)
        {
            WriteMode(ref sink, (int)encoding, (byte)'l');
        }
    }

    private static void WriteFlag(ref ByteSink sink, bool always, bool from, bool to, ReadOnlySpan<byte> mode)
    {
        if (always || from != to)
        {
            sink.Put(mode);
            sink.Put(to ? (byte)'h' : (byte)'l');
        }
    }

    /// <summary>One mode out of several, 0 = none: the old one is reset first, since terminals differ in whether setting one resets another.</summary>
    private static void WriteChoice(ref ByteSink sink, int from, int to)
    {
        if (from == to)
        {
            return;
        }

        if (from != 0)
        {
            WriteMode(ref sink, from, (byte)'l');
        }

        if (to != 0)
        {
            WriteMode(ref sink, to, (byte)'h');
        }
    }

    private static void WriteMode(ref ByteSink sink, int mode, byte final)
    {
        sink.Put("\e[?"u8);
        sink.PutNumber(mode);
        sink.Put(final);
    }
}
