namespace Roam.Transport;

/// <summary>The fields of screen extras (docs/protocol.md, section 8).</summary>
public enum ScreenExtraKind
{
    /// <summary>A text; empty = none any more.</summary>
    WorkingDirectory = 1,

    /// <summary>A text; empty = the terminal's own.</summary>
    PointerShape = 2,

    /// <summary>A number: the state in the bits from 8 on, percent below.</summary>
    Progress = 3,

    /// <summary>A number, repeated: the slot in the bits from 25 on, bit 24 set if it has a colour, the colour in the bits below.</summary>
    Color = 4,

    /// <summary>Count, title and text.</summary>
    Notification = 5,

    /// <summary>Which, count and text; repeated.</summary>
    Selection = 6,

    /// <summary>Count and which: something of the program was too large to be passed on.</summary>
    Refusal = 7,
}
