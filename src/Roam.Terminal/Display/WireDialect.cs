namespace Roam.Terminal;

/// <summary>
/// What a stock mosh 1.4 client reads (terminal.md section 2), plus renditions that it skips, each as a sequence of its own.
/// Ideographs are trusted: every libc in use has given them two columns since Unicode 3.0, and an explicit position after each would triple East Asian text.
/// </summary>
internal readonly struct WireDialect : IDialect
{
    public bool HasEraseCharacters => true;

    public bool HasEraseLine => true;

    public bool HasScrollRegion => true;

    public bool HasCursorShape => true;

    public bool TrustsIdeographs => true;

    public bool RedrawsDoubtfulCells => false;

    public bool BottomRightScrolls => false;

    public bool HidesCursorWhileDrawing => false;

    public bool HasSynchronizedOutput => false;

    public bool SpellsClusters => true;

    public string TitlePrefix => "";

    public bool HasTitle => true;

    /// <summary>Stock erases with the background of the pen; with any other attribute the outcome is its own affair.</summary>
    public bool CanErase(in Style style) => style == style.Erased;

    public void WriteStyle(ref ByteSink sink, in Style style)
    {
        SgrWriter.WriteBasic(ref sink, style);
        SgrWriter.WriteExtended(ref sink, style, colonForms: true);
    }
}
