namespace Roam.Terminal;

/// <summary>What one cell is guessed to hold after the keys typed so far. "Unknown": it will change, to what we cannot say.</summary>
internal struct CellGuess
{
    private const int NoBreakSpace = 0xA0;

    public bool IsActive;
    public bool IsUnknown;
    public Cell Replacement;
    public long Epoch;

    /// <summary>The guess can be judged by a screen whose echo ack has reached this client state.</summary>
    public ulong DueFrame;

    public long MadeMicros;

    /// <summary>Which key it answers, counted from the start. Stock's rules do not use it.</summary>
    public long Key;

    /// <summary>The character of the key itself, not one that the key moved.</summary>
    public bool IsTyped;

    private OriginalCells _originals;

    /// <summary>Guesses over whatever was there, real or guessed, which is remembered.</summary>
    public void Make(Cell real, Cell replacement, bool unknown, long epoch, ulong dueFrame, long nowMicros)
    {
        if (!IsActive)
        {
            _originals.Clear();
        }
        else if (!IsUnknown)
        {
            _originals.Add(Replacement);
        }

        _originals.Add(real);
        IsActive = true;
        IsUnknown = unknown;
        Replacement = replacement;
        Epoch = epoch;
        DueFrame = dueFrame;
        MadeMicros = nowMicros;
    }

    public readonly Verdict Judge(Cell real, ulong lateAcked)
    {
        if (!IsActive)
        {
            return Verdict.None;
        }

        if (lateAcked < DueFrame)
        {
            return Verdict.Pending;
        }

        if (IsUnknown || IsBlank(Replacement))
        {
            return Verdict.RightWithoutCredit;
        }

        if (!SameContents(real, Replacement))
        {
            return Verdict.Wrong;
        }

        return _originals.Contains(Replacement) ? Verdict.RightWithoutCredit : Verdict.Right;
    }

    /// <summary>The contents are the guessed ones, and nothing seen here before looked the same.</summary>
    public readonly bool WouldEarnCredit(Cell real) =>
        !IsUnknown && !IsBlank(Replacement) && SameContents(real, Replacement) && !_originals.Contains(Replacement);

    /// <summary>The same was there before the key, as a suggestion: typed over, it takes the text's rendition.</summary>
    public readonly bool TypesOver(Cell real) => Key != 0 && IsTyped && !IsBlank(Replacement) && _originals.Contains(Replacement) && real.Style != Replacement.Style;

    /// <summary>The same characters, whatever the rendition; blank, space and no-break space are the same.</summary>
    public static bool SameContents(Cell a, Cell b)
    {
        const ulong contents = Cell.CodePointMask | Cell.GraphemeFlag;
        return ((a.Bits ^ b.Bits) & contents) == 0 || (IsBlank(a) && IsBlank(b));
    }

    public static bool IsBlank(Cell cell) => !cell.IsGrapheme && cell.Content is ' ' or NoBreakSpace;
}
