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

    /// <summary>Any other control, escape or CSI sequence.</summary>
    Other,
}
