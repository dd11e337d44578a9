namespace Roam.Terminal;

/// <summary>The pen as the cells need it: interned when first used after a change, so that a run of SGRs costs one look-up.</summary>
public sealed partial class Emulator
{
    private ushort _link;
    private ulong _attributes;
    private ushort _eraseStyle;
    private bool _penKnown;

    /// <summary>To be called after each change of pen, link or tables.</summary>
    private void ForgetPen() => _penKnown = false;

    /// <summary>The attribute bits of a cell printed now.</summary>
    private ulong PenAttributes()
    {
        if (!_penKnown)
        {
            InternPen();
        }

        return _attributes;
    }

    /// <summary>The style of a cell erased now: the background colour only (xterm's "bce").</summary>
    private ushort EraseStyle()
    {
        if (!_penKnown)
        {
            InternPen();
        }

        return _eraseStyle;
    }

    /// <summary>Both styles together: whoever holds one of them while he works on cells must not meet a compaction, which renumbers them.</summary>
    private void InternPen()
    {
        if (!TryInternPen(out ushort style, out _eraseStyle) && TryCompact())
        {
            // Refused again: more styles in use than there are ids. The default style then, never a wrong one.
            TryInternPen(out style, out _eraseStyle);
        }

        _attributes = Cell.Attributes(style, _link, _protectsPrinted);
        _penKnown = true;
    }

    private bool TryInternPen(out ushort style, out ushort eraseStyle)
    {
        StyleTable styles = Screen.Tables.Styles;
        bool known = styles.TryIntern(Screen.Pen, out style);
        eraseStyle = 0;
        return known && (Screen.Pen.Background.IsDefault || styles.TryIntern(Screen.Pen.Erased, out eraseStyle));
    }
}
