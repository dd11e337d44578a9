namespace Roam.Terminal;

/// <summary>
/// What a stock mosh 1.4 client reads (terminal.md section 2), plus renditions that it skips, each as a sequence of its own.
/// A reader that has screen extras gets hyperlinks, and selections by another way (docs/protocol.md, section 8).
/// Ideographs are trusted: every libc in use has given them two columns since Unicode 3.0, and an explicit position after each would triple East Asian text.
/// </summary>
internal readonly struct WireDialect(bool hasExtras) : IDialect
{
    public bool HasEraseCharacters => true;

    public bool HasEraseLine => true;

    public bool HasEraseLineStart => false;

    public bool HasEraseDisplay => false;

    public bool HasInsertDelete => false;

    public bool HasRepeat => false;

    public bool HasScrollRegion => true;

    public bool HasReverseScroll => false;

    public bool HasScrollDown => false;

    public bool HasCursorMotion => false;

    public bool MovesByLineFeed => true;

    public bool HasLineAddress => false;

    public bool HasCursorVisibility => true;

    public bool HasCursorShape => true;

    public bool RedrawsDoubtfulCells => false;

    public bool BottomRightScrolls => false;

    public bool GuardsUpdates => false;

    public bool HasSynchronizedOutput => false;

    public bool SpellsClusters => true;

    public bool ResetsPrivateModes => true;

    public string TitlePrefix => "";

    public bool HasTitle => true;

    public bool HasClipboard => !hasExtras;

    public bool HasLinks => hasExtras;

    public bool IsNarrow(int codePoint) => PlainWidth.IsNarrow(codePoint);

    public bool IsWide(int codePoint) => PlainWidth.IsWide(codePoint);

    /// <summary>Stock erases with the background of the pen; with any other attribute the outcome is its own affair.</summary>
    public bool CanErase(in Style style) => style == style.Erased;

    public void WriteStyle(ref ByteSink sink, in Style from, bool isKnown, in Style to)
    {
        SgrWriter.WriteBasic(ref sink, to);
        SgrWriter.WriteExtended(ref sink, to, to.Attributes, colonForms: true);
    }
}
