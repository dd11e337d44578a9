namespace Roam.Terminal;

/// <summary>Renditions of SGR (ECMA-48 8.3.117, xterm ctlseqs). The underline style (0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed) is a three-bit field.</summary>
[Flags]
public enum StyleAttributes : ushort
{
    None = 0,
    Bold = 1 << 0,
    Faint = 1 << 1,
    Italic = 1 << 2,
    Blink = 1 << 3,
    RapidBlink = 1 << 4,
    Inverse = 1 << 5,
    Invisible = 1 << 6,
    Strike = 1 << 7,
    Overline = 1 << 8,
    UnderlineSingle = 1 << 9,
    UnderlineDouble = 2 << 9,
    UnderlineCurly = 3 << 9,
    UnderlineDotted = 4 << 9,
    UnderlineDashed = 5 << 9,
    UnderlineMask = 7 << 9,
}
