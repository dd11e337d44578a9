namespace Roam.Terminal;

/// <summary>
/// SGR sequences. The basic part always begins with 0 and holds only what every reader knows; the rest follows as sequences of one parameter each,
/// so that a reader which skips one loses nothing else. Underline styles and colours use the colon forms of ISO 8613-6 only: read with
/// semicolons, "58;2;r;g;b" would mean faint, bold and the like.
/// </summary>
internal static class SgrWriter
{
    private const StyleAttributes ExtendedMask = StyleAttributes.Faint | StyleAttributes.RapidBlink | StyleAttributes.Strike | StyleAttributes.Overline;

    public static void WriteBasic(ref ByteSink sink, in Style style)
    {
        sink.Put("\e[0"u8);
        StyleAttributes attributes = style.Attributes;
        if (attributes != StyleAttributes.None)
        {
            WriteFlag(ref sink, attributes, StyleAttributes.Bold, (byte)'1');
            WriteFlag(ref sink, attributes, StyleAttributes.Italic, (byte)'3');
            WriteFlag(ref sink, attributes, StyleAttributes.UnderlineMask, (byte)'4');
            WriteFlag(ref sink, attributes, StyleAttributes.Blink, (byte)'5');
            WriteFlag(ref sink, attributes, StyleAttributes.Inverse, (byte)'7');
            WriteFlag(ref sink, attributes, StyleAttributes.Invisible, (byte)'8');
        }

        WriteFurtherColor(ref sink, style.Foreground, 30);
        WriteFurtherColor(ref sink, style.Background, 40);
        sink.Put((byte)'m');
    }

    /// <param name="sink">Where it goes.</param>
    /// <param name="style">The rendition.</param>
    /// <param name="attributes">Those of its attributes that the reader does not have yet.</param>
    /// <param name="colonForms">Underline styles and colours.</param>
    public static void WriteExtended(ref ByteSink sink, in Style style, StyleAttributes attributes, bool colonForms)
    {
        if ((attributes & ExtendedMask) != 0)
        {
            WriteSingle(ref sink, attributes, StyleAttributes.Faint, "\e[2m"u8);
            WriteSingle(ref sink, attributes, StyleAttributes.RapidBlink, "\e[6m"u8);
            WriteSingle(ref sink, attributes, StyleAttributes.Strike, "\e[9m"u8);
            WriteSingle(ref sink, attributes, StyleAttributes.Overline, "\e[53m"u8);
        }

        if (!colonForms)
        {
            return;
        }

        int underline = (int)(attributes & StyleAttributes.UnderlineMask) / (int)StyleAttributes.UnderlineSingle;
        if (underline > 1)
        {
            sink.Put("\e[4:"u8);
            sink.PutNumber(underline);
            sink.Put((byte)'m');
        }

        WriteUnderlineColor(ref sink, style.UnderlineColor);
    }

    private static void WriteFlag(ref ByteSink sink, StyleAttributes attributes, StyleAttributes mask, byte parameter)
    {
        if ((attributes & mask) != 0)
        {
            sink.Put((byte)';');
            sink.Put(parameter);
        }
    }

    private static void WriteSingle(ref ByteSink sink, StyleAttributes attributes, StyleAttributes mask, ReadOnlySpan<byte> sequence)
    {
        if ((attributes & mask) != 0)
        {
            sink.Put(sequence);
        }
    }

    private static void WriteFurtherColor(ref ByteSink sink, Color color, int first)
    {
        if (!color.IsDefault)
        {
            sink.Put((byte)';');
            WriteColor(ref sink, color, first);
        }
    }

    /// <summary>The parameters of a colour, 39 or 49 for the default one. First is 30 for the foreground, 40 for the background.</summary>
    public static void WriteColor(ref ByteSink sink, Color color, int first)
    {
        if (color.IsDefault)
        {
            sink.PutNumber(first + 9);
        }
        else if (color.IsRgb)
        {
            sink.PutNumber(first + 8);
            sink.Put(";2;"u8);
            WriteRgb(ref sink, color, (byte)';');
        }
        else if (color.Index < 8)
        {
            sink.PutNumber(first + color.Index);
        }
        else if (color.Index < 16)
        {
            sink.PutNumber(first + 60 + color.Index - 8);
        }
        else
        {
            sink.PutNumber(first + 8);
            sink.Put(";5;"u8);
            sink.PutNumber(color.Index);
        }
    }

    private static void WriteUnderlineColor(ref ByteSink sink, Color color)
    {
        if (color.IsRgb)
        {
            sink.Put("\e[58:2::"u8);
            WriteRgb(ref sink, color, (byte)':');
            sink.Put((byte)'m');
        }
        else if (color.IsIndexed)
        {
            sink.Put("\e[58:5:"u8);
            sink.PutNumber(color.Index);
            sink.Put((byte)'m');
        }
    }

    private static void WriteRgb(ref ByteSink sink, Color color, byte separator)
    {
        sink.PutNumber(color.Red);
        sink.Put(separator);
        sink.PutNumber(color.Green);
        sink.Put(separator);
        sink.PutNumber(color.Blue);
    }
}
