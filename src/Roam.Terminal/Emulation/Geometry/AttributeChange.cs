namespace Roam.Terminal;

/// <summary>What DECCARA and DECRARA do to the attributes of each cell: some are cleared, some set, some reversed.</summary>
internal readonly record struct AttributeChange
{
    private const StyleAttributes Settable = StyleAttributes.Bold | StyleAttributes.UnderlineMask | StyleAttributes.Blink | StyleAttributes.Inverse | StyleAttributes.Invisible;

    public StyleAttributes Cleared { get; init; }

    public StyleAttributes Set { get; init; }

    public StyleAttributes Reversed { get; init; }

    /// <summary>The attributes that an SGR parameter of DECCARA and DECRARA names (1 4 5 7, xterm: 8); none for others.</summary>
    public static StyleAttributes AttributesOf(int rendition) => rendition switch
    {
        1 => StyleAttributes.Bold,
        4 => StyleAttributes.UnderlineSingle,
        5 => StyleAttributes.Blink,
        7 => StyleAttributes.Inverse,
        8 => StyleAttributes.Invisible,
        _ => StyleAttributes.None,
    };

    /// <summary>This change, and then that of a further parameter: 0 clears all, 22 24 25 27 28 one.</summary>
    public AttributeChange Then(int rendition)
    {
        StyleAttributes cleared = rendition switch
        {
            0 => Settable,
            4 or 24 => StyleAttributes.UnderlineMask,
            22 => StyleAttributes.Bold | StyleAttributes.Faint,
            25 or 27 or 28 => AttributesOf(rendition - 20),
            _ => StyleAttributes.None,
        };
        StyleAttributes set = AttributesOf(rendition);
        return this with { Cleared = Cleared | cleared, Set = (Set & ~cleared) | set };
    }

    public StyleAttributes Apply(StyleAttributes attributes)
    {
        attributes = (attributes & ~Cleared) | Set;
        if ((Reversed & StyleAttributes.UnderlineMask) != 0)
        {
            bool underlined = (attributes & StyleAttributes.UnderlineMask) != 0;
            attributes = (attributes & ~StyleAttributes.UnderlineMask) | (underlined ? StyleAttributes.None : StyleAttributes.UnderlineSingle);
        }

        return attributes ^ (Reversed & ~StyleAttributes.UnderlineMask);
    }
}
