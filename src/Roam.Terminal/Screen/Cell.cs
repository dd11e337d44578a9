using System.Runtime.CompilerServices;

namespace Roam.Terminal;

/// <summary>
/// One character cell in 8 bytes: bits 0-20 code point or grapheme index, 21 grapheme flag, 22-23 width (0 = right half of a wide
/// character), 24 protected (DECSCA), 32-47 style id, 48-63 hyperlink id. An erased cell and a printed space of the same style are the
/// same value (U+0020), so rows compare bit by bit; how far a row was written is kept by <see cref="Row.Occupied"/>.
/// </summary>
public readonly record struct Cell(ulong Bits)
{
    public const uint CodePointMask = (1u << 21) - 1;
    public const ulong GraphemeFlag = 1ul << 21;
    public const ulong WidthMask = 3ul << 22;
    public const ulong Narrow = 1ul << 22;
    public const ulong Wide = 2ul << 22;
    public const ulong ProtectedFlag = 1ul << 24;
    public const int StyleShift = 32;
    public const int LinkShift = 48;

    /// <summary>Everything but the contents: what a write of narrow ASCII ORs under each character.</summary>
    public static ulong Attributes(ushort style, ushort link, bool isProtected) =>
        ((ulong)link << LinkShift) | ((ulong)style << StyleShift) | (isProtected ? ProtectedFlag : 0);

    public static Cell Blank(ushort style) => new(' ' | Narrow | ((ulong)style << StyleShift));

    public static Cell Of(int codePoint, int width, ulong attributes) => new((uint)codePoint | ((ulong)width << 22) | attributes);

    public static Cell OfGrapheme(int index, int width, ulong attributes) => new((uint)index | GraphemeFlag | ((ulong)width << 22) | attributes);

    /// <summary>The right half of a wide character.</summary>
    public static Cell Spacer(ulong attributes) => new(attributes);

    /// <summary>The code point, or the index into <see cref="ScreenTables.Graphemes"/> when <see cref="IsGrapheme"/>.</summary>
    public int Content => (int)(Bits & CodePointMask);

    public bool IsGrapheme
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Bits & GraphemeFlag) != 0;
    }

    public int Width => (int)((Bits & WidthMask) >> 22);

    public bool IsSpacer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Bits & WidthMask) == 0;
    }

    public bool IsWide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Bits & WidthMask) == Wide;
    }

    public bool IsProtected => (Bits & ProtectedFlag) != 0;

    public ushort Style => (ushort)(Bits >> StyleShift);

    public ushort Link => (ushort)(Bits >> LinkShift);

    public bool IsBlank => (Bits & (CodePointMask | GraphemeFlag | WidthMask)) == (' ' | Narrow);

    public Cell WithLink(ushort link) => new((Bits & ~(0xFFFFul << LinkShift)) | ((ulong)link << LinkShift));

    public Cell WithStyle(ushort style) => new((Bits & ~(0xFFFFul << StyleShift)) | ((ulong)style << StyleShift));
}
