namespace Roam.Terminal;

/// <summary>
/// The client's terminal always sends cursor keys in application form (ESC O A); a program that did not ask for it (DECCKM reset) must get ESC [ A. Home and End are cursor keys
/// too (xterm ctlseqs, "PC-Style Function Keys"). With DECBKM set the backarrow key's DEL becomes BS.
/// ESC passes at once, so that a lone ESC is never late; only the "O" behind it waits for the next byte.
/// </summary>
public sealed class UserInputTranslator
{
    private const byte Escape = 0x1B;
    private const byte Backspace = 0x08;
    private const byte Delete = 0x7F;

    /// <summary>Bytes that can be held back between two calls.</summary>
    public const int PendingMax = 1;

    /// <summary>Button and position behind CSI M (X10's mouse reports): any bytes, and none of them a key.</summary>
    private const int MouseBytes = 3;

    private State _state;
    private int _mouseBytes;

    private enum State : byte
    {
        Ground,
        AfterEscape,
        AfterSingleShift,
        AfterIntroducer,
        InMouseReport,
    }

    /// <summary>Translates into <paramref name="output"/>, which must hold the input and <see cref="PendingMax"/> bytes more. Returns how many bytes were written.</summary>
    public int Translate(ReadOnlySpan<byte> input, Span<byte> output, InputModes modes)
    {
        int written = 0;
        foreach (byte b in input)
        {
            if (_state == State.AfterSingleShift)
            {
                bool isCursorKey = b is (>= (byte)'A' and <= (byte)'D') or (byte)'H' or (byte)'F';
                output[written++] = isCursorKey && !modes.ApplicationCursorKeys ? (byte)'[' : (byte)'O';
            }
            else if (_state == State.AfterEscape && b == 'O')
            {
                _state = State.AfterSingleShift;
                continue;
            }

            bool isBackarrow = b == Delete && _state != State.InMouseReport;
            output[written++] = isBackarrow && modes.BackarrowSendsBackspace ? Backspace : b;
            _state = Next(b);
        }

        return written;
    }

    private State Next(byte b)
    {
        switch (_state)
        {
            case State.InMouseReport when --_mouseBytes > 0:
                return State.InMouseReport;
            case State.InMouseReport:
                return State.Ground;
            case State.AfterIntroducer when b == 'M':
                _mouseBytes = MouseBytes;
                return State.InMouseReport;
            case State.AfterEscape when b == '[':
                return State.AfterIntroducer;
            default:
                return b == Escape ? State.AfterEscape : State.Ground;
        }
    }
}
