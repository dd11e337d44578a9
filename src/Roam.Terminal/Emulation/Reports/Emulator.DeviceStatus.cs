namespace Roam.Terminal;

/// <summary>DEC's and xterm's rarer questions about the device and its state, and the few settings among them.</summary>
public sealed partial class Emulator
{
    private void DispatchState(uint selector, in Parameters parameters)
    {
        switch (selector)
        {
            case Selector.Question | 's':
                SaveModes(in parameters);
                break;
            case Selector.Question | 'r':
                RestoreModes(in parameters);
                break;
            case Selector.Quote | 'p':
                SetLevel(parameters.ValueOr(0, 0));
                break;
            case Selector.Dollar | 'w':
                ReportPresentation(parameters.ValueOr(0, 0));
                break;
            case 'x' when parameters.ValueOr(0, 0) <= 1:
                // DECREPTPARM (VT100): no parity, 8 bits, 38,400 baud both ways.
                ReplyNumbers("\e["u8, parameters.ValueOr(0, 0) + 2, null, ";1;1;128;128;1;0x"u8);
                break;
            case Selector.Ampersand | 'u':
                // DECRQUPSS: what lies beyond ASCII is ISO Latin-1's right half, as far as a set of 96 can say it.
                Reply("\eP1!uA\e\\");
                break;
            case Selector.Question | 'S':
                ReportGraphics(in parameters);
                break;
        }
    }

    /// <summary>DSR with a question mark (VT510, "Device Status Reports"; ctlseqs). What is not there is said not to be.</summary>
    private void ReportDeviceStatus(in Parameters parameters)
    {
        switch (parameters.ValueOr(0, 0))
        {
            case 15:
                // No printer.
                Reply("\e[?13n");
                break;
            case 25:
                // User-defined keys are locked: none can be defined.
                Reply("\e[?21n");
                break;
            case 26:
                // North American keyboard, ready, LK201.
                Reply("\e[?27;1;0;0n");
                break;
            case 53 or 55:
                // No locator.
                Reply("\e[?50n");
                break;
            case 56:
                // Locator of unknown kind.
                Reply("\e[?57;0n");
                break;
            case 62:
                // DECMSR: no room for macros.
                Reply("\e[0000*{");
                break;
            case 63:
                // DECCKSR: the checksum of no macros.
                ReplyNumbers("\eP"u8, parameters.ValueOr(1, 0), null, "!~0000\e\\"u8);
                break;
            case 75:
                // Data integrity: no errors.
                Reply("\e[?70n");
                break;
            case 85:
                // Not configured for several sessions.
                Reply("\e[?83n");
                break;
            case 996:
                ReportColorScheme();
                break;
        }
    }

    /// <summary>DECSCL: level 1-4 (a higher one means 4), with the soft reset of DEC STD 070 and the VT220. The form of answers (second parameter) stays 7-bit.</summary>
    private void SetLevel(int level)
    {
        if (level is > 60 and <= 65)
        {
            SoftReset();
            _talk.Level = Math.Min(level - 60, ConversationModes.HighestLevel);
        }
    }

    /// <summary>XTSMGRAPHICS: no sixel, no ReGIS. 3 = failure, 1 = no such item; a value follows only after success.</summary>
    private void ReportGraphics(in Parameters parameters)
    {
        int item = parameters.ValueOr(0, 0);
        ReplyNumbers("\e[?"u8, item, item is >= 1 and <= 3 ? 3 : 1, "S"u8);
    }

    /// <summary>DECRQPSR: 1 the cursor with all that DECSC would save (DECCIR), 2 the tab stops (DECTABSR).</summary>
    private void ReportPresentation(int what)
    {
        if (what == 1)
        {
            ReportCursorInformation();
        }
        else if (what == 2 && BeginReply("\eP2$u"u8))
        {
            bool any = false;
            for (int x = 0; x < Screen.Width; x++)
            {
                if (_tabs.IsSet(x))
                {
                    _replies.Add(any ? "/"u8 : default);
                    _replies.Add(x + 1);
                    any = true;
                }
            }

            EndReply("\e\\"u8);
        }
    }

    /// <summary>DECCIR (VT420, "Cursor Information Report"): row, column, page, rendition, protection, flags, GL, GR, sizes and names of the four sets. Bits are counted from "@".</summary>
    private void ReportCursorInformation()
    {
        if (!BeginReply("\eP1$u"u8))
        {
            return;
        }

        StyleAttributes pen = Screen.Pen.Attributes;
        int rendition = Bit(pen, StyleAttributes.Bold, 1) | Bit(pen, StyleAttributes.UnderlineMask, 2) | Bit(pen, StyleAttributes.Blink, 4) | Bit(pen, StyleAttributes.Inverse, 8);
        int flags = (_modes.Origin ? 1 : 0) | (_charsets.Single == 2 ? 2 : 0) | (_charsets.Single == 3 ? 4 : 0) | (Screen.Cursor.PendingWrap ? 8 : 0);
        _replies.Add(Screen.Cursor.Row + 1);
        _replies.Add(";"u8);
        _replies.Add(Screen.Cursor.Column + 1);
        _replies.Add(";1;"u8);
        _replies.Add([(byte)('@' + rendition)]);
        _replies.Add(";@;"u8);
        _replies.Add([(byte)('@' + flags)]);
        _replies.Add(";"u8);
        _replies.Add(_charsets.Locked);
        _replies.Add(";2;@;"u8);
        for (int set = 0; set < 4; set++)
        {
            _replies.Add([_charsets.FinalOf(set)]);
        }

        EndReply("\e\\"u8);
    }

    private static int Bit(StyleAttributes attributes, StyleAttributes mask, int value) => (attributes & mask) != 0 ? value : 0;
}
