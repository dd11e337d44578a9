namespace Roam.Terminal;

/// <summary>One rendition: colours and attributes. Interned by <see cref="StyleTable"/>; a cell holds only the id.</summary>
public readonly record struct Style(Color Foreground, Color Background, Color UnderlineColor, StyleAttributes Attributes)
{
    public static readonly Style Default;

    /// <summary>What an erased cell keeps: the background colour only (xterm's "bce").</summary>
    public Style Erased => new(Color.Default, Background, Color.Default, StyleAttributes.None);

    /// <summary>Written by hand: the generated one would follow <see cref="Erased"/> for ever.</summary>
    public override string ToString() => $"{Foreground.Value:x} on {Background.Value:x}, underline {UnderlineColor.Value:x}, {Attributes}";
}
