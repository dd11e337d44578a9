namespace Roam.Terminal;

/// <summary>
/// The client's terminal always sends cursor keys in application form (ESC O A); a program that did not ask for it (DECCKM reset) must get ESC [ A.
/// ESC passes at once, so that a lone ESC is never late; only the "O" behind it waits for the next byte.
/// </summary>
public sealed class UserInputTranslator
{
    private const byte Escape = 0x1B;

    /// <summary>Bytes that can be held back between two calls.</summary>
    public const int PendingMax = 1;

    private State _state;

    private enum State : byte
    {
        Ground,
        AfterEscape,
        AfterSingleShift,
    }

    /// <summary>Translates into <paramref name="output"/>, which must hold the input and <see cref="PendingMax"/> bytes more. Returns how many bytes were written.</summary>
    public int Translate(ReadOnlySpan<byte> input, Span<byte> output, bool applicationCursorKeys)
    {
        int written = 0;
        foreach (byte b in input)
        {
            if (_state == State.AfterSingleShift)
            {
                bool isCursorKey = b is >= (byte)'A' and <= (byte)'D';
                output[written++] = isCursorKey && !applicationCursorKeys ? (byte)'[' : (byte)'O';
                _state = State.Ground;
            }
            else if (_state == State.AfterEscape && b == 'O')
            {
                _state = State.AfterSingleShift;
                continue;
            }

            output[written++] = b;
            _state = b == Escape ? State.AfterEscape : State.Ground;
        }

        return written;
    }
}
