namespace Roam.Terminal;

/// <summary>
/// Tells keys from the bytes that a terminal sends for them: UTF-8 characters, controls, ESC, CSI and SS3 sequences (ECMA-48 5.4; a key ends at the first
/// final byte, so at most a lone ESC waits for its next byte). Keeps no bytes, so nothing can grow.
/// </summary>
internal struct KeyRecognizer
{
    /// <summary>An X10 mouse report is CSI M and three bytes of any value (xterm ctlseqs, "Mouse Tracking").</summary>
    private const int MouseReportBytes = 3;

    private State _state;
    private int _remaining;
    private int _codePoint;
    private int _codePointMin;
    private bool _hasParameters;

    private enum State : byte
    {
        Ground,
        Utf8,
        Escape,
        Csi,
        Ss3,
        MouseReport,
    }

    public void Reset() => _state = State.Ground;

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
            case State.Csi when b is >= 0x20 and < 0x7F:
                _hasParameters |= b < 0x40;
                return b < 0x40 ? default : FinishCsi(b);
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
                return new TypedKey(TypedKeyKind.Other);
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
                return new TypedKey(TypedKeyKind.Other);
        }
    }

    private TypedKey FinishCsi(byte final)
    {
        bool isMouseReport = _state == State.Csi && final == (byte)'M' && !_hasParameters;
        _state = isMouseReport ? State.MouseReport : State.Ground;
        _remaining = MouseReportBytes;
        TypedKeyKind kind = final switch
        {
            (byte)'C' when !_hasParameters => TypedKeyKind.Right,
            (byte)'D' when !_hasParameters => TypedKeyKind.Left,
            _ => TypedKeyKind.Other,
        };
        return new TypedKey(kind);
    }
}
