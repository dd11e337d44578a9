namespace Roam.Terminal;

/// <summary>The user's own terminal: what its capabilities allow, colours reduced to what it has, and no trust in how it measures doubtful characters.</summary>
internal readonly struct TerminalDialect(TerminalCapabilities capabilities, string titlePrefix) : IDialect
{
    public bool HasEraseCharacters => capabilities.EraseCharacters;

    public bool HasEraseLine => capabilities.EraseLine;

    public bool HasScrollRegion => capabilities.ScrollRegion;

    public bool HasCursorShape => capabilities.CursorShape;

    public bool TrustsIdeographs => false;

    public bool RedrawsDoubtfulCells => true;

    public bool BottomRightScrolls => capabilities.BottomRightScrolls;

    public bool HidesCursorWhileDrawing => true;

    public bool HasSynchronizedOutput => capabilities.SynchronizedOutput;

    public bool SpellsClusters => false;

    public bool HasTitle => capabilities.Title;

    public string TitlePrefix { get; } = titlePrefix;

    public bool CanErase(in Style style) => style == Style.Default || (capabilities.BackColorErase && style == style.Erased);

    public void WriteStyle(ref ByteSink sink, in Style style)
    {
        Style reduced = style with { Foreground = Reduce(style.Foreground), Background = Reduce(style.Background) };
        SgrWriter.WriteBasic(ref sink, reduced);
        SgrWriter.WriteExtended(ref sink, reduced, capabilities.StyledUnderlines);
    }

    private Color Reduce(Color color) => Palette.Reduce(color, capabilities.Colors, capabilities.TrueColor);
}
