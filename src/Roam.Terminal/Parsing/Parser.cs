using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Roam.Terminal;

/// <summary>
/// Splits program output into text and control functions. Input is UTF-8, so the C1 controls are U+0080-9F (never single bytes); decoding comes before the
/// state machine. Deviations from Williams' diagram: characters from U+00A0 on inside an escape or control sequence end it and are printed; a string that ESC
/// interrupts is dropped unless the ESC begins ST; C0 controls inside strings are skipped, and a character that one of them cuts is U+FFFD. Input may be cut anywhere: the calls to the handler are the same,
/// but for how runs of text are cut.
/// </summary>
internal sealed partial class Parser<THandler>(THandler handler)
    where THandler : struct, IParserHandler
{
    private const byte Cancel = 0x18;
    private const byte Substitute = 0x1A;
    private const byte Escape = 0x1B;
    private const byte Delete = 0x7F;
    private const int ReplacementCharacter = 0xFFFD;

    /// <summary>Characters decoded before they are printed.</summary>
    private const int RunMax = 128;

    private readonly int[] _decoded = new int[RunMax];

    private readonly StringBuffer _string = new();
    private THandler _handler = handler;
    private ParserState _state;
    private StringKind _stringKind;
    private bool _isDcs;
    private uint _selector;
    private Parameters _parameters;

    /// <summary>The beginning of a UTF-8 sequence whose rest has not come yet: always a valid beginning.</summary>
    private Utf8Bytes _partial;
    private int _partialLength;

    [InlineArray(4)]
    private struct Utf8Bytes
    {
        private byte _first;
    }

    /// <summary>Back to ground; whatever was half read is forgotten.</summary>
    public void Reset()
    {
        _state = ParserState.Ground;
        _partialLength = 0;
        _string.Clear();
    }

    public void Write(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            int used;
            if (_state == ParserState.String)
            {
                used = CollectString(data);
            }
            else if (_partialLength != 0)
            {
                used = ResumeCharacter(data[0]);
            }
            else if (_state == ParserState.Ground)
            {
                used = Ground(data);
            }
            else
            {
                used = data[0] >= 0x80 ? Character(data) : Step(data[0]);
            }

            data = data[used..];
        }
    }

    /// <summary>Text until a control sequence begins that cannot be read at once; returns how many bytes were taken.</summary>
    private int Ground(ReadOnlySpan<byte> data)
    {
        int i = 0;
        while (i < data.Length)
        {
            byte b = data[i];
            if (b is >= 0x20 and < Delete)
            {
                int run = AsciiRun.Length(data[i..]);
                _handler.PrintAscii(data.Slice(i, run));
                i += run;
            }
            else if (b >= 0x80)
            {
                int run = Characters(data[i..]);
                i += run != 0 ? run : Character(data[i..]);
                if (_state != ParserState.Ground || _partialLength != 0)
                {
                    return i;
                }
            }
            else if (b == Escape)
            {
                if (!TryWholeCsi(data[i..], out int used))
                {
                    BeginEscape();
                    return i + 1;
                }

                i += used;
            }
            else
            {
                Execute(b);
                i++;
            }
        }

        return i;
    }

    /// <summary>The direct path: a CSI that lies whole in the buffer and has nothing odd in it. Otherwise nothing is done, and the state machine reads it.</summary>
    private bool TryWholeCsi(ReadOnlySpan<byte> data, out int used)
    {
        used = 0;
        if (data.Length < 3 || data[1] != '[')
        {
            return false;
        }

        int i = 2;
        uint selector = 0;
        if (data[2] is >= 0x3C and <= 0x3F)
        {
            selector = (uint)data[2] << 24;
            i = 3;
        }

        i = _parameters.ReadAll(data, i);
        while (i < data.Length && data[i] is >= 0x20 and <= 0x2F)
        {
            if (!Selector.TryAddIntermediate(ref selector, data[i]))
            {
                return false;
            }

            i++;
        }

        if (i >= data.Length || data[i] is < 0x40 or >= Delete)
        {
            return false;
        }

        _handler.DispatchCsi(selector | data[i], in _parameters);
        used = i + 1;
        return true;
    }

    private void Execute(byte control)
    {
        if (control is not (0 or Delete or Cancel or Substitute))
        {
            _handler.Execute(control);
        }
    }

    /// <summary>Prints the text at the start of data; returns its length in bytes. Anything else is left to <see cref="Character"/> and the loop around.</summary>
    private int Characters(ReadOnlySpan<byte> data)
    {
        int count = Utf8Run.Decode(data, _decoded, out int used);
        if (count != 0)
        {
            _handler.Print(_decoded.AsSpan(0, count));
        }

        return used;
    }

    /// <summary>Decodes one character at the start of data and acts on it. A sequence that is cut off is kept for the next call.</summary>
    private int Character(ReadOnlySpan<byte> data)
    {
        OperationStatus status = Rune.DecodeFromUtf8(data, out Rune rune, out int used);
        if (status == OperationStatus.NeedMoreData)
        {
            data.CopyTo(_partial);
            _partialLength = data.Length;
            return data.Length;
        }

        Decoded(status == OperationStatus.Done ? rune.Value : ReplacementCharacter);
        return used;
    }

    /// <summary>Adds a byte to the character that the last call began. Returns 0 if the byte is not part of it and must be read again.</summary>
    private int ResumeCharacter(byte next)
    {
        _partial[_partialLength] = next;
        OperationStatus status = Rune.DecodeFromUtf8(_partial[..(_partialLength + 1)], out Rune rune, out _);
        if (status == OperationStatus.NeedMoreData)
        {
            _partialLength++;
            return 1;
        }

        _partialLength = 0;
        Decoded(status == OperationStatus.Done ? rune.Value : ReplacementCharacter);
        return status == OperationStatus.Done ? 1 : 0;
    }

    private void Decoded(int codePoint)
    {
        if (codePoint < 0xA0)
        {
            C1((byte)codePoint);
            return;
        }

        _state = ParserState.Ground;
        _handler.Print(new ReadOnlySpan<int>(in codePoint));
    }
}
