namespace Roam.Terminal;

/// <summary>By convention; whether a program keeps it is learnt.</summary>
internal static class MotionKeys
{
    public static Motion Of(in TypedKey key) => key.Kind switch
    {
        TypedKeyKind.Left => Motion.Left,
        TypedKeyKind.Right => Motion.Right,
        TypedKeyKind.Up => Motion.Up,
        TypedKeyKind.Down => Motion.Down,
        TypedKeyKind.Home => Motion.LineStart,
        TypedKeyKind.End => Motion.LineEnd,
        TypedKeyKind.Printable => OfVi((char)Math.Min(key.CodePoint, char.MaxValue)),
        TypedKeyKind.Control => OfEmacs((char)key.CodePoint),
        TypedKeyKind.Meta => key.CodePoint switch { 'f' => Motion.ForwardWord, 'b' => Motion.BackwardWord, _ => Motion.None },
        _ => Motion.None,
    };

    private static Motion OfVi(char key) => key switch
    {
        'h' => Motion.Left,
        'l' => Motion.Right,
        'k' => Motion.Up,
        'j' => Motion.Down,
        '0' => Motion.LineStart,
        '^' => Motion.FirstGlyph,
        '$' => Motion.LineEnd,
        'w' => Motion.NextWord,
        'b' => Motion.PreviousWord,
        'e' => Motion.WordEnd,
        _ => Motion.None,
    };

    /// <summary>emacs, nano, joe and others.</summary>
    private static Motion OfEmacs(char control) => control switch
    {
        '\x01' => Motion.LineStart,
        '\x02' => Motion.Left,
        '\x05' => Motion.LineEnd,
        '\x06' => Motion.Right,
        '\x0E' => Motion.Down,
        '\x10' => Motion.Up,
        _ => Motion.None,
    };
}
