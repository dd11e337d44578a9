namespace Roam.Terminal;

/// <summary>
/// ISO 2022 as far as a UTF-8 terminal keeps it: four designated sets G0-G3, one locked into the left half, and a single shift for one character.
/// Saved and restored with the cursor (DECSC).
/// </summary>
internal struct CharsetState
{
    private Charset _g0;
    private Charset _g1;
    private Charset _g2;
    private Charset _g3;
    private byte _locked;
    private byte _single;
    private bool _translates;

    /// <summary>Nothing is translated: the fast path may copy ASCII as it is.</summary>
    public readonly bool IsPlain => !_translates;

    /// <summary>The set that SI, SO, LS2, LS3 put into the left half.</summary>
    public readonly int Locked => _locked;

    /// <summary>2 or 3: the next character comes from that set; 0 = none is pending.</summary>
    public readonly int Single => _single;

    /// <summary>The final byte of the designation of a set.</summary>
    public readonly byte FinalOf(int set) => Designated(set) switch
    {
        Charset.DecSpecialGraphics => (byte)'0',
        Charset.British => (byte)'A',
        _ => (byte)'B',
    };

    public void Designate(int set, Charset charset)
    {
        switch (set)
        {
            case 0:
                _g0 = charset;
                break;
            case 1:
                _g1 = charset;
                break;
            case 2:
                _g2 = charset;
                break;
            default:
                _g3 = charset;
                break;
        }

        NoteTranslation();
    }

    /// <summary>SI, SO, LS2, LS3.</summary>
    public void Lock(int set)
    {
        _locked = (byte)set;
        NoteTranslation();
    }

    /// <summary>SS2, SS3: for the next character only.</summary>
    public void ShiftOnce(int set)
    {
        _single = (byte)set;
        NoteTranslation();
    }

    private void NoteTranslation() => _translates = _single != 0 || Designated(_locked) != Charset.Ascii;

    /// <summary>The character that an ASCII code means now; uses up a single shift.</summary>
    public int Translate(byte ascii)
    {
        Charset charset = Designated(_single == 0 ? _locked : _single);
        if (_single != 0)
        {
            _single = 0;
            NoteTranslation();
        }

        return charset switch
        {
            Charset.DecSpecialGraphics when ascii is >= 0x5F and <= 0x7E => SpecialGraphics[ascii - 0x5F],
            Charset.British when ascii == '#' => '£',
            _ => ascii,
        };
    }

    private readonly Charset Designated(int set) => set switch
    {
        0 => _g0,
        1 => _g1,
        2 => _g2,
        _ => _g3,
    };

    /// <summary>DEC special graphics 0x5F-0x7E (VT220 Programmer Reference, table 2-4).</summary>
    private static ReadOnlySpan<char> SpecialGraphics => "\u00A0◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";
}
