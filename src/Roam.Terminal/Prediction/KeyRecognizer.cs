namespace Roam.Terminal;

/// <summary>
/// Tells keys from the bytes that a terminal sends for them: UTF-8 characters, controls, ESC, CSI and SS3 sequences (ECMA-48 5.4; a key ends at the first
/// final byte, so at most a lone ESC waits for its next byte). Keeps no bytes, so nothing can grow.
/// </summary>
internal struct KeyRecognizer
{
    /// <summary>An X10 mouse report is CSI M and three bytes of any value (xterm ctlseqs, "Mouse Tracking").</summary>
    private const int MouseReportBytes = 3;

    private const int ParameterMax = 100;

    /// <summary>Stays over <see cref="ParameterMax"/>.</summary>
    private const int NotOneNumber = 10_000;

    private State _state;
    private int _remaining;
    private int _codePoint;
    private int _codePointMin;
    private bool _hasParameters;
    private int _parameter;

    private enum State : byte
    {
        Ground,
        Utf8,
        Escape,
        AfterLoneEscape,
        Csi,
        Ss3,
        MouseReport,
    }

    public void Reset() => _state = State.Ground;

    /// <summary>
    /// At the end of a read: an ESC that nothing followed is the key itself. A sequence cut in two there goes on if it is a CSI; "O" is a key of its own then,
    /// since in vi Esc and O follow each other often.
    /// </summary>
    public bool TakeLoneEscape()
    {
        bool isLone = _state == State.Escape;
        _state = isLone ? State.AfterLoneEscape : _state;
        return isLone;
    }

    public TypedKey Take(byte b)
    {
        switch (_state)
        {
            case State.Utf8 when (b & 0xC0) == 0x80:
                return TakeContinuation(b);
            case State.MouseReport:
                _state = --_remaining == 0 ? State.Ground : State.MouseReport;
                return default;
            case State.Escape when b is >= 0x20 and < 0x7F:
                return TakeAfterEscape(b);
            case State.Ss3 when b is >= 0x20 and < 0x7F:
                return FinishCsi(b);
            case State.AfterLoneEscape when b == '[':
                return TakeAfterEscape(b);
            case State.Csi when b is >= 0x20 and < 0x40:
                _hasParameters = true;
                _parameter = b is >= (byte)'0' and <= (byte)'9' && _parameter < ParameterMax ? (_parameter * 10) + (b - '0') : NotOneNumber;
                return default;
            case State.Csi when b is >= 0x40 and < 0x7F:
                return FinishCsi(b);
            default:
                return TakeInGround(b);
        }
    }

    private TypedKey TakeInGround(byte b)
    {
        _state = State.Ground;
        switch (b)
        {
            case 0x1B:
                _state = State.Escape;
                return default;
            case 0x7F:
                return new TypedKey(TypedKeyKind.Backspace);
            case (byte)'\r':
                return new TypedKey(TypedKeyKind.CarriageReturn);
            case < 0x20:
                return new TypedKey(TypedKeyKind.Control, b);
            case < 0x80:
                return new TypedKey(TypedKeyKind.Printable, b);
            case >= 0xC2 and < 0xE0:
                return StartUtf8(1, b & 0x1F, 0x80);
            case >= 0xE0 and < 0xF0:
                return StartUtf8(2, b & 0x0F, 0x800);
            case >= 0xF0 and < 0xF5:
                return StartUtf8(3, b & 0x07, 0x10000);
            default:
                return new TypedKey(TypedKeyKind.Other);
        }
    }

    private TypedKey StartUtf8(int remaining, int bits, int codePointMin)
    {
        _state = State.Utf8;
        _remaining = remaining;
        _codePoint = bits;
        _codePointMin = codePointMin;
        return default;
    }

    private TypedKey TakeContinuation(byte b)
    {
        _codePoint = (_codePoint << 6) | (b & 0x3F);
        if (--_remaining != 0)
        {
            return default;
        }

        _state = State.Ground;
        bool isCharacter = _codePoint >= _codePointMin && _codePoint >= 0xA0 && System.Text.Rune.IsValid(_codePoint);
        return isCharacter ? new TypedKey(TypedKeyKind.Printable, _codePoint) : new TypedKey(TypedKeyKind.Other);
    }

    private TypedKey TakeAfterEscape(byte b)
    {
        _hasParameters = false;
        _parameter = 0;
        switch (b)
        {
            case (byte)'[':
                _state = State.Csi;
                return default;
            case (byte)'O':
                _state = State.Ss3;
                return default;
            case < 0x30:
                return default;
            default:
                _state = State.Ground;
                return new TypedKey(TypedKeyKind.Meta, b);
        }
    }

    private TypedKey FinishCsi(byte final)
    {
        bool isMouseReport = _state == State.Csi && final == (byte)'M' && !_hasParameters;
        _state = isMouseReport ? State.MouseReport : State.Ground;
        _remaining = MouseReportBytes;
        return new TypedKey(_hasParameters ? NumberedKey(final) : CursorKey(final));
    }

    private static TypedKeyKind CursorKey(byte final) => final switch
    {
        (byte)'A' => TypedKeyKind.Up,
        (byte)'B' => TypedKeyKind.Down,
        (byte)'C' => TypedKeyKind.Right,
        (byte)'D' => TypedKeyKind.Left,
        (byte)'H' => TypedKeyKind.Home,
        (byte)'F' => TypedKeyKind.End,
        _ => TypedKeyKind.Other,
    };

    /// <summary>The VT220's editing keypad; Home and End as rxvt, the Linux console and screen send them.</summary>
    private readonly TypedKeyKind NumberedKey(byte final) => (final, _parameter) switch
    {
        ((byte)'~', 1 or 7) => TypedKeyKind.Home,
        ((byte)'~', 3) => TypedKeyKind.Delete,
        ((byte)'~', 4 or 8) => TypedKeyKind.End,
        ((byte)'~', 5) => TypedKeyKind.PageUp,
        ((byte)'~', 6) => TypedKeyKind.PageDown,
        _ => TypedKeyKind.Other,
    };
}
