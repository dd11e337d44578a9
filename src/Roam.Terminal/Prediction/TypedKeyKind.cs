namespace Roam.Terminal;

/// <summary>See <see cref="TypedKey"/>.</summary>
internal enum TypedKeyKind
{
    /// <summary>The byte belongs to a sequence that is not complete.</summary>
    None,
    Printable,
    Backspace,
    CarriageReturn,
    Right,
    Left,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Delete,

    /// <summary>ESC alone.</summary>
    Escape,

    /// <summary>Ctrl and a letter: the code point is the C0 control.</summary>
    Control,

    /// <summary>Alt (or ESC before) a character: the code point is the character.</summary>
    Meta,

    /// <summary>Any other escape or CSI sequence, and bytes that are no UTF-8.</summary>
    Other,
}
