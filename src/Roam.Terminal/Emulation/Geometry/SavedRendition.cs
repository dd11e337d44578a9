namespace Roam.Terminal;

/// <summary>Which parts of the pen an XTPUSHSGR saved.</summary>
internal readonly record struct SavedRendition(StyleAttributes Attributes, bool Foreground, bool Background, bool UnderlineColor)
{
    public static readonly SavedRendition All = new((StyleAttributes)ushort.MaxValue, true, true, true);

    /// <summary>These parts and one more, named as in ctlseqs: SGR numbers, and 30 and 31 for the two colours. Unknown ones add nothing.</summary>
    public SavedRendition With(int rendition) => rendition switch
    {
        30 => this with { Foreground = true },
        31 => this with { Background = true },
        _ => this with { Attributes = Attributes | AttributesOf(rendition) },
    };

    private static StyleAttributes AttributesOf(int rendition) => rendition switch
    {
        1 => StyleAttributes.Bold,
        2 => StyleAttributes.Faint,
        3 => StyleAttributes.Italic,
        4 or 21 => StyleAttributes.UnderlineMask,
        5 => StyleAttributes.Blink,
        7 => StyleAttributes.Inverse,
        8 => StyleAttributes.Invisible,
        9 => StyleAttributes.Strike,
        _ => StyleAttributes.None,
    };
}
