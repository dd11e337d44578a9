namespace Roam.Terminal;

/// <summary>Keys by which pagers go a row up or down: less, more, man, git's and mutt's pagers.</summary>
internal static class ScrollKeys
{
    /// <summary>1: the text goes up by a row; -1: down; 0: neither by convention.</summary>
    public static int RowsOf(in TypedKey key) => key.Kind switch
    {
        TypedKeyKind.Down or TypedKeyKind.CarriageReturn => 1,
        TypedKeyKind.Up => -1,
        TypedKeyKind.Printable => key.CodePoint switch { 'j' or 'e' => 1, 'k' or 'y' => -1, _ => 0 },
        TypedKeyKind.Control => key.CodePoint switch { 0x0E or 0x05 or 0x0A => 1, 0x10 or 0x19 or 0x0B => -1, _ => 0 },
        _ => 0,
    };
}
