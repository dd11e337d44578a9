namespace Roam.Terminal;

/// <summary>DECRQSS: settings as the sequence that would make them. What is not known is answered with 0 (xterm and DEC STD 070; the VT420's manual has it the other way round).</summary>
public sealed partial class Emulator
{
    private void ReportSetting(ReadOnlySpan<byte> name)
    {
        switch (name)
        {
            case [(byte)'r']:
                ReplyNumbers("\eP1$r"u8, Screen.MarginTop + 1, Screen.MarginBottom + 1, "r\e\\"u8);
                break;
            case [(byte)'s']:
                ReplyNumbers("\eP1$r"u8, Screen.MarginLeft + 1, Screen.MarginRight + 1, "s\e\\"u8);
                break;
            case [(byte)'"', (byte)'q']:
                ReplyNumbers("\eP1$r"u8, _protectsPrinted && _protection == Protection.Dec ? 1 : 0, null, "\"q\e\\"u8);
                break;
            case [(byte)'*', (byte)'x']:
                ReplyNumbers("\eP1$r"u8, _changesRectangles ? 2 : 0, null, "*x\e\\"u8);
                break;
            case [(byte)' ', (byte)'q']:
                ReplyNumbers("\eP1$r"u8, (int)Screen.Cursor.Shape, null, " q\e\\"u8);
                break;
            case [(byte)'m']:
                ReportRendition();
                break;
            case [(byte)'"', (byte)'p']:
                ReplyNumbers("\eP1$r6"u8, _talk.Level, 1, "\"p\e\\"u8);
                break;
            case [(byte)'t']:
                ReplyNumbers("\eP1$r"u8, Screen.Height, null, "t\e\\"u8);
                break;
            case [(byte)'$', (byte)'|']:
                ReplyNumbers("\eP1$r"u8, Screen.Width, null, "$|\e\\"u8);
                break;
            case [(byte)'*', (byte)'|']:
                ReplyNumbers("\eP1$r"u8, Screen.Height, null, "*|\e\\"u8);
                break;
            case [(byte)'$', (byte)'}']:
                // DECSASD: the main display is the active one.
                Reply("\eP1$r0$}\e\\");
                break;
            case [(byte)'$', (byte)'~']:
                // DECSSDT: no status line.
                Reply("\eP1$r0$~\e\\");
                break;
            default:
                Reply("\eP0$r\e\\");
                break;
        }
    }

    /// <summary>SGR: begins with 0; what the old forms do not have is written with colons, so that a reader which skips one loses nothing else.</summary>
    private void ReportRendition()
    {
        if (!BeginReply("\eP1$r0"u8))
        {
            return;
        }

        Style pen = Screen.Pen;
        AddAttribute(pen.Attributes, StyleAttributes.Bold, ";1"u8);
        AddAttribute(pen.Attributes, StyleAttributes.Faint, ";2"u8);
        AddAttribute(pen.Attributes, StyleAttributes.Italic, ";3"u8);
        int underline = (int)(pen.Attributes & StyleAttributes.UnderlineMask) / (int)StyleAttributes.UnderlineSingle;
        if (underline > 0)
        {
            _replies.Add(underline == 1 ? ";4"u8 : ";4:"u8);
            _replies.Add(underline == 1 ? default : [(byte)('0' + underline)]);
        }

        AddAttribute(pen.Attributes, StyleAttributes.Blink, ";5"u8);
        AddAttribute(pen.Attributes, StyleAttributes.RapidBlink, ";6"u8);
        AddAttribute(pen.Attributes, StyleAttributes.Inverse, ";7"u8);
        AddAttribute(pen.Attributes, StyleAttributes.Invisible, ";8"u8);
        AddAttribute(pen.Attributes, StyleAttributes.Strike, ";9"u8);
        AddAttribute(pen.Attributes, StyleAttributes.Overline, ";53"u8);
        AddRenditionColor(pen.Foreground, 30);
        AddRenditionColor(pen.Background, 40);
        AddRenditionColor(pen.UnderlineColor, 50);
        EndReply("m\e\\"u8);
    }

    private void AddAttribute(StyleAttributes attributes, StyleAttributes attribute, ReadOnlySpan<byte> text) =>
        _replies.Add((attributes & attribute) != 0 ? text : default);

    /// <summary>First is 30, 40, or 50 for the underline, which has no short forms.</summary>
    private void AddRenditionColor(Color color, int first)
    {
        if (color.IsDefault)
        {
            return;
        }

        _replies.Add(";"u8);
        if (color.IsIndexed && color.Index < 16 && first < 50)
        {
            _replies.Add(color.Index < 8 ? first + color.Index : first + 60 + color.Index - 8);
            return;
        }

        _replies.Add(first + 8);
        if (color.IsIndexed)
        {
            _replies.Add(":5:"u8);
            _replies.Add(color.Index);
            return;
        }

        _replies.Add(":2::"u8);
        _replies.Add(color.Red);
        _replies.Add(":"u8);
        _replies.Add(color.Green);
        _replies.Add(":"u8);
        _replies.Add(color.Blue);
    }
}
