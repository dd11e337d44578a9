namespace Roam.Terminal;

/// <summary>C0 controls and escape sequences (with their C1 twins).</summary>
public sealed partial class Emulator
{
    internal void Execute(byte control)
    {
        _lastGraphic = 0;
        switch (control)
        {
            case 0x07:
                Screen.BellCount++;
                break;
            case 0x08:
                Backspace();
                break;
            case 0x09:
                ForwardTab(1);
                break;
            case 0x0A or 0x0B or 0x0C:
                LineFeed();
                break;
            case 0x0D:
                CarriageReturn();
                break;
            case 0x0E:
                _charsets.Lock(1);
                break;
            case 0x0F:
                _charsets.Lock(0);
                break;
        }
    }

    internal void DispatchEscape(uint selector)
    {
        _lastGraphic = 0;
        switch (selector)
        {
            case '7':
                SaveCursor();
                break;
            case '8':
                RestoreCursor();
                break;
            case 'c':
                ResetAll();
                break;
            case 'D':
                Index();
                break;
            case 'E':
                Index();
                CarriageReturn();
                break;
            case 'M':
                ReverseIndex();
                break;
            case 'H':
                _tabs.Set(Screen.Cursor.Column);
                break;
            case '6':
                BackIndex();
                break;
            case '9':
                ForwardIndex();
                break;
            case 'V':
                SetProtection(Protection.Iso, protects: true);
                break;
            case 'W':
                EndGuardedArea();
                break;
            case 'Z':
                ReportPrimaryAttributes();
                break;
            case '=':
                _modes.ApplicationKeypad = true;
                break;
            case '>':
                _modes.ApplicationKeypad = false;
                break;
            case Selector.Hash | '8':
                AlignmentPattern();
                break;
            default:
                DispatchCharset(selector);
                break;
        }
    }

    /// <summary>Designations (ESC ( B ...), locking and single shifts.</summary>
    private void DispatchCharset(uint selector)
    {
        switch (selector)
        {
            case 'n':
                _charsets.Lock(2);
                return;
            case 'o':
                _charsets.Lock(3);
                return;
            case 'N':
                _charsets.ShiftOnce(2);
                return;
            case 'O':
                _charsets.ShiftOnce(3);
                return;
        }

        int set = (selector & ~0xFFu) switch
        {
            Selector.OpenParenthesis => 0,
            Selector.CloseParenthesis => 1,
            Selector.Asterisk => 2,
            Selector.Plus => 3,
            _ => -1,
        };
        if (set >= 0)
        {
            _charsets.Designate(set, (byte)selector switch
            {
                (byte)'0' => Charset.DecSpecialGraphics,
                (byte)'A' => Charset.British,
                _ => Charset.Ascii,
            });
        }
    }
}
