namespace Roam.Terminal;

/// <summary>
/// SGR for the user's terminal: all of the new rendition behind a reset, or only what changes, whichever is shorter. The second needs a pen that is known and a
/// terminal that can switch single attributes off (VT220 and later; not the VT100).
/// </summary>
internal static class PenWriter
{
    /// <summary>The longest rendition, each part of it at its longest, has some 110 bytes.</summary>
    private const int BytesMax = 192;

    /// <summary>Bold and faint have one code that ends both, blink and rapid blink too.</summary>
    private const StyleAttributes Weight = StyleAttributes.Bold | StyleAttributes.Faint;

    private const StyleAttributes Blinking = StyleAttributes.Blink | StyleAttributes.RapidBlink;

    /// <summary>29, 55, 59, 28: younger than the codes beside them, and rarely of use.</summary>
    private const StyleAttributes EndedByReset = StyleAttributes.Strike | StyleAttributes.Overline | StyleAttributes.Invisible;

    public static void Write(ref ByteSink sink, TerminalCapabilities capabilities, in Style? from, in Style to)
    {
        if (from == to)
        {
            return;
        }

        ByteSink full = new(stackalloc byte[BytesMax]);
        WriteFull(ref full, capabilities, to);
        if (from is { } known && CanChange(capabilities, known, to))
        {
            ByteSink change = new(stackalloc byte[BytesMax]);
            WriteChange(ref change, capabilities, known, to);
            if (change.Written.Length < full.Written.Length)
            {
                sink.Put(change.Written);
                return;
            }
        }

        sink.Put(full.Written);
    }

    private static void WriteFull(ref ByteSink sink, TerminalCapabilities capabilities, in Style to)
    {
        if (to == Style.Default)
        {
            sink.Put("\e[m"u8);
            return;
        }

        SgrWriter.WriteBasic(ref sink, to);
        SgrWriter.WriteExtended(ref sink, to, to.Attributes, capabilities.StyledUnderlines);
    }

    private static bool CanChange(TerminalCapabilities capabilities, in Style from, in Style to)
    {
        StyleAttributes ended = from.Attributes & ~to.Attributes;
        StyleAttributes fromLine = from.Attributes & StyleAttributes.UnderlineMask;
        StyleAttributes toLine = to.Attributes & StyleAttributes.UnderlineMask;
        bool lineChanges = fromLine != toLine && fromLine != 0 && toLine != 0;
        bool endsColor = (to.Foreground.IsDefault && !from.Foreground.IsDefault) || (to.Background.IsDefault && !from.Background.IsDefault);
        return (ended & EndedByReset) == 0 && !lineChanges
            && (ended == 0 || capabilities.AttributeResets)
            && (!endsColor || capabilities.ColorResets)
            && (from.UnderlineColor == to.UnderlineColor || !to.UnderlineColor.IsDefault);
    }

    private static void WriteChange(ref ByteSink sink, TerminalCapabilities capabilities, in Style from, in Style to)
    {
        StyleAttributes ended = from.Attributes & ~to.Attributes;
        StyleAttributes added = to.Attributes & ~from.Attributes;
        bool any = false;
        End(ref sink, ref any, ended, ref added, to.Attributes, Weight, 22);
        End(ref sink, ref any, ended, ref added, to.Attributes, StyleAttributes.Italic, 23);
        End(ref sink, ref any, ended, ref added, to.Attributes, StyleAttributes.UnderlineMask, 24);
        End(ref sink, ref any, ended, ref added, to.Attributes, Blinking, 25);
        End(ref sink, ref any, ended, ref added, to.Attributes, StyleAttributes.Inverse, 27);
        Begin(ref sink, ref any, added, StyleAttributes.Bold, 1);
        Begin(ref sink, ref any, added, StyleAttributes.Italic, 3);
        Begin(ref sink, ref any, added, StyleAttributes.UnderlineMask, 4);
        Begin(ref sink, ref any, added, StyleAttributes.Blink, 5);
        Begin(ref sink, ref any, added, StyleAttributes.Inverse, 7);
        Begin(ref sink, ref any, added, StyleAttributes.Invisible, 8);
        ChangeColor(ref sink, ref any, from.Foreground, to.Foreground, 30);
        ChangeColor(ref sink, ref any, from.Background, to.Background, 40);
        if (any)
        {
            sink.Put((byte)'m');
        }

        Color underline = from.UnderlineColor == to.UnderlineColor ? Color.Default : to.UnderlineColor;
        SgrWriter.WriteExtended(ref sink, to with { UnderlineColor = underline }, added, capabilities.StyledUnderlines);
    }

    /// <summary>The code ends a group of attributes; those of the group that stay are begun again.</summary>
    private static void End(
        ref ByteSink sink, ref bool any, StyleAttributes ended, ref StyleAttributes added, StyleAttributes wanted, StyleAttributes group, int code)
    {
        if ((ended & group) != 0)
        {
            Separate(ref sink, ref any);
            sink.PutNumber(code);
            added |= wanted & group;
        }
    }

    private static void Begin(ref ByteSink sink, ref bool any, StyleAttributes added, StyleAttributes attribute, int code)
    {
        if ((added & attribute) != 0)
        {
            Separate(ref sink, ref any);
            sink.PutNumber(code);
        }
    }

    private static void ChangeColor(ref ByteSink sink, ref bool any, Color from, Color to, int first)
    {
        if (from != to)
        {
            Separate(ref sink, ref any);
            SgrWriter.WriteColor(ref sink, to, first);
        }
    }

    private static void Separate(ref ByteSink sink, ref bool any)
    {
        sink.Put(any ? ";"u8 : "\e["u8);
        any = true;
    }
}
