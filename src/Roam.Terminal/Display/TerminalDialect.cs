namespace Roam.Terminal;

/// <summary>The user's own terminal: what its capabilities allow, colours reduced to what it has, and no trust in how it measures doubtful characters.</summary>
internal readonly struct TerminalDialect(TerminalCapabilities capabilities, string titlePrefix, bool isMainScreen = false) : IDialect
{
    public bool HasEraseCharacters => capabilities.EraseCharacters;

    public bool HasEraseLine => capabilities.EraseLine;

    public bool HasEraseLineStart => capabilities.EraseLineStart;

    public bool HasEraseDisplay => capabilities.EraseDisplay;

    public bool HasInsertDelete => capabilities.InsertDelete;

    public bool HasRepeat => capabilities.Repeat;

    public bool HasScrollRegion => capabilities.ScrollRegion;

    public bool HasReverseScroll => capabilities.ReverseScroll;

    public bool HasScrollDown => capabilities.ScrollDown;

    public bool HasCursorMotion => capabilities.CursorMotion;

    public bool MovesByLineFeed => !isMainScreen;

    public bool HasLineAddress => capabilities.LineAddress;

    public bool HasCursorVisibility => capabilities.CursorVisibility;

    public bool HasCursorShape => capabilities.CursorShape;

    public bool RedrawsDoubtfulCells => true;

    public bool BottomRightScrolls => capabilities.BottomRightScrolls;

    public bool GuardsUpdates => true;

    public bool HasSynchronizedOutput => capabilities.SynchronizedOutput;

    public bool SpellsClusters => false;

    public bool ResetsPrivateModes => capabilities.PrivateModes;

    public bool HasTitle => capabilities.Title;

    /// <summary>Selections are the <see cref="ExtrasWriter"/>'s, the clipboard among them.</summary>
    public bool HasClipboard => false;

    public bool HasLinks { get; } = capabilities.ControlStrings && capabilities.Hyperlinks;

    public string TitlePrefix { get; } = titlePrefix;

    public bool IsNarrow(int codePoint) => capabilities.DoubtsAmbiguous ? codePoint is >= 0x20 and < 0x7F : PlainWidth.IsNarrow(codePoint);

    public bool IsWide(int codePoint) => capabilities.TrustsIdeographs && PlainWidth.IsWide(codePoint);

    public bool CanErase(in Style style) => style == Style.Default || (capabilities.BackColorErase && style == style.Erased);

    public void WriteStyle(ref ByteSink sink, in Style from, bool isKnown, in Style to) =>
        PenWriter.Write(ref sink, capabilities, isKnown ? Shown(from) : null, Shown(to));

    /// <summary>The style as this terminal can show it.</summary>
    public Style Shown(in Style style)
    {
        StyleAttributes attributes = style.Attributes;
        attributes &= capabilities.Faint ? attributes : ~StyleAttributes.Faint;
        attributes &= capabilities.Italic ? attributes : ~StyleAttributes.Italic;
        attributes &= capabilities.Strike ? attributes : ~StyleAttributes.Strike;
        attributes &= capabilities.Overline ? attributes : ~StyleAttributes.Overline;
        if (!capabilities.RapidBlink && (attributes & StyleAttributes.RapidBlink) != 0)
        {
            attributes = (attributes & ~StyleAttributes.RapidBlink) | StyleAttributes.Blink;
        }

        bool isPlain = !capabilities.StyledUnderlines;
        if (isPlain && (attributes & StyleAttributes.UnderlineMask) != 0)
        {
            attributes = (attributes & ~StyleAttributes.UnderlineMask) | StyleAttributes.UnderlineSingle;
        }

        return new Style(Reduce(style.Foreground), Reduce(style.Background), isPlain ? Color.Default : style.UnderlineColor, attributes);
    }

    private Color Reduce(Color color) => Palette.Reduce(color, capabilities.Colors, capabilities.TrueColor);
}
