using System.Buffers;

namespace Roam.Terminal;

/// <summary>The state machine outside ground: escape sequences, CSI and DCS introducers, strings.</summary>
internal sealed partial class Parser<THandler>
{
    private const byte Bell = 0x07;

    /// <summary>First byte of U+0080-9F in UTF-8; never a continuation byte, so the two bytes can be told inside a string without decoding it.</summary>
    private const byte C1Lead = 0xC2;
    private const byte StringTerminator = 0x9C;

    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, Delete, C1Lead]);

    private bool _afterC1Lead;

    /// <summary>One byte below 0x80 in a state that is neither ground nor a string. Returns 1: the byte is always taken.</summary>
    private int Step(byte b)
    {
        if (_state == ParserState.StringEscape)
        {
            AfterStringEscape(b);
        }
        else if (b == Escape)
        {
            BeginEscape();
        }
        else if (b is Cancel or Substitute)
        {
            _state = ParserState.Ground;
        }
        else if (b < 0x20)
        {
            if (!_isDcs)
            {
                Execute(b);
            }
        }
        else if (b != Delete)
        {
            switch (_state)
            {
                case ParserState.Escape:
                case ParserState.EscapeIntermediate:
                    StepEscape(b);
                    break;
                case ParserState.Ignore:
                    EndIgnored(b);
                    break;
                default:
                    StepParameters(b);
                    break;
            }
        }

        return 1;
    }

    private void BeginEscape()
    {
        _state = ParserState.Escape;
        _selector = 0;
        _isDcs = false;
    }

    private void StepEscape(byte b)
    {
        if (b < 0x30)
        {
            _state = ParserState.EscapeIntermediate;
            if (!Selector.TryAddIntermediate(ref _selector, b))
            {
                // Three intermediates: nothing is named so. Any value that no function has.
                _selector |= 0xFF000000;
            }

            return;
        }

        bool introduces = _state == ParserState.Escape && b is (byte)'[' or (byte)']' or (byte)'P' or (byte)'X' or (byte)'^' or (byte)'_' or (byte)'\\';
        _state = ParserState.Ground;
        if (introduces && _selector == 0)
        {
            C1((byte)(b + 0x40));
        }
        else
        {
            _handler.DispatchEscape(_selector | b);
        }
    }

    /// <summary>A C1 control, as U+0080-9F or as ESC with its 7-bit twin. Ends whatever was being read.</summary>
    private void C1(byte control)
    {
        _state = ParserState.Ground;
        switch (control)
        {
            case 0x9B:
                BeginParameters(isDcs: false);
                break;
            case 0x90:
                BeginParameters(isDcs: true);
                break;
            case 0x9D:
                BeginString(StringKind.Osc);
                break;
            case 0x98 or 0x9E or 0x9F:
                BeginString(StringKind.Skipped);
                break;
            case StringTerminator:
                break;
            default:
                _handler.DispatchEscape((uint)(control - 0x40));
                break;
        }
    }

    private void BeginParameters(bool isDcs)
    {
        _state = ParserState.Entry;
        _isDcs = isDcs;
        _selector = 0;
        _parameters.Clear();
    }

    private void StepParameters(byte b)
    {
        if (b >= 0x40)
        {
            EndParameters(b);
        }
        else if (b < 0x30)
        {
            _state = Selector.TryAddIntermediate(ref _selector, b) ? ParserState.Intermediate : ParserState.Ignore;
        }
        else if (_state == ParserState.Intermediate)
        {
            _state = ParserState.Ignore;
        }
        else if (b >= 0x3C)
        {
            _state = _state == ParserState.Entry ? ParserState.Parameter : ParserState.Ignore;
            _selector |= (uint)b << 24;
        }
        else
        {
            _state = ParserState.Parameter;
            if (b >= ':')
            {
                _parameters.Separate(b == ':');
            }
            else
            {
                _parameters.AddDigit(b - '0');
            }
        }
    }

    private void EndParameters(byte final)
    {
        _parameters.Finish();
        _selector |= final;
        if (_isDcs)
        {
            BeginString(StringKind.Dcs);
            return;
        }

        _state = ParserState.Ground;
        _handler.DispatchCsi(_selector, in _parameters);
    }

    private void EndIgnored(byte b)
    {
        if (b < 0x40)
        {
            return;
        }

        _state = ParserState.Ground;
        if (_isDcs)
        {
            BeginString(StringKind.Skipped);
        }
    }

    private void BeginString(StringKind kind)
    {
        _state = ParserState.String;
        _stringKind = kind;
        _afterC1Lead = false;
        _string.Clear();
    }

    private int CollectString(ReadOnlySpan<byte> data)
    {
        byte b = data[0];
        if (_afterC1Lead)
        {
            _afterC1Lead = false;
            if (b is >= 0x80 and < 0xA0)
            {
                _string.RemoveLast();
                EndStringByC1(b);
                return 1;
            }
        }

        int run = data.IndexOfAny(StringStops);
        if (run != 0)
        {
            run = run < 0 ? data.Length : run;
            _string.Append(data[..run], _stringKind);
            return run;
        }

        switch (b)
        {
            case C1Lead:
                _string.Append(data[..1], _stringKind);
                _afterC1Lead = true;
                break;
            case Escape:
                _state = ParserState.StringEscape;
                break;
            case Bell when _stringKind == StringKind.Osc:
                EndString(byBell: true);
                break;
            case Cancel or Substitute:
                _state = ParserState.Ground;
                break;
            default:
                // Skipped; but it must not bring together bytes that make another character, least of all a C1 control.
                _string.CloseCharacter(_stringKind);
                break;
        }

        return 1;
    }

    private void EndStringByC1(byte control)
    {
        if (control == StringTerminator)
        {
            EndString(byBell: false);
        }
        else
        {
            C1(control);
        }
    }

    private void AfterStringEscape(byte b)
    {
        if (b == '\\')
        {
            EndString(byBell: false);
            return;
        }

        BeginEscape();
        Step(b);
    }

    private void EndString(bool byBell)
    {
        _state = ParserState.Ground;
        if (_string.Overflowed)
        {
            if (_stringKind == StringKind.Osc)
            {
                _handler.RefuseOsc(_string.Text);
            }
        }
        else if (_stringKind == StringKind.Osc)
        {
            _handler.DispatchOsc(_string.Text, byBell);
        }
        else if (_stringKind == StringKind.Dcs)
        {
            _handler.DispatchDcs(_selector, in _parameters, _string.Text);
        }
    }
}
