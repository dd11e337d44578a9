using System.Text;

namespace Roam.Session;

/// <summary>One line that is typed into the bar: printable keys, backspace, Ctrl-U; Enter gives it, Escape and Ctrl-C leave it. Whatever the keys are, it ends.</summary>
internal sealed class CommandPrompt(string label)
{
    /// <summary>More is not taken: the longest forwarding with two socket paths is shorter.</summary>
    public const int BytesMax = 400;

    private const byte CtrlC = 0x03;
    private const byte CtrlG = 0x07;
    private const byte Backspace = 0x08;
    private const byte CtrlU = 0x15;
    private const byte Escape = 0x1B;
    private const byte Delete = 0x7F;

    private readonly byte[] _line = new byte[BytesMax];
    private int _length;

    public bool IsOpen { get; private set; }

    /// <summary>For the bar, with a mark where the next key goes.</summary>
    public string Text => $"{label}> {Line}_";

    /// <summary>What was typed.</summary>
    public string Line => Encoding.UTF8.GetString(_line, 0, _length);

    public void Open()
    {
        _length = 0;
        IsOpen = true;
    }

    /// <summary>Takes keys until the line ends, and returns how many. True: Enter ended it, and <see cref="Line"/> is to be done.</summary>
    /// <param name="keys">From one read of the terminal, so that a key that sends several bytes is whole.</param>
    /// <param name="taken">The rest is typed to the program.</param>
    public bool Take(ReadOnlySpan<byte> keys, out int taken)
    {
        taken = 0;
        while (IsOpen && taken < keys.Length)
        {
            byte key = keys[taken++];
            switch (key)
            {
                case (byte)'\r' or (byte)'\n':
                    IsOpen = false;
                    return _length > 0;
                case CtrlC or CtrlG:
                    IsOpen = false;
                    break;
                case Escape when taken == keys.Length:
                    IsOpen = false;
                    break;
                case Escape:
                    taken += SequenceLength(keys[taken..]);
                    break;
                case Backspace or Delete:
                    DropLast();
                    break;
                case CtrlU:
                    _length = 0;
                    break;
                case >= 0x20 when _length < BytesMax:
                    _line[_length++] = key;
                    break;
            }
        }

        return false;
    }

    /// <summary>What follows the Escape of a cursor or function key (ECMA-48, 5.4: parameters and intermediates, then one final byte): it means nothing here.</summary>
    private static int SequenceLength(ReadOnlySpan<byte> keys)
    {
        if (keys[0] is not ((byte)'[' or (byte)'O'))
        {
            return 1;
        }

        int length = 1;
        while (length < keys.Length && keys[length] is >= 0x20 and < 0x40)
        {
            length++;
        }

        return Math.Min(length + 1, keys.Length);
    }

    private void DropLast()
    {
        while (_length > 0 && (_line[--_length] & 0xC0) == 0x80)
        {
        }
    }
}
