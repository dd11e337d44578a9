namespace Roam.Terminal;

/// <summary>
/// Characters whose width no libc and no terminal in use disagrees on. Whatever is not listed is only "doubtful": the painters give the cursor's
/// place explicitly after it. Emoji, East Asian ambiguous letters outside these blocks and private-use glyphs are left out on purpose.
/// </summary>
internal static class PlainWidth
{
    /// <summary>One column for every reader: letters, punctuation, arrows, box drawing and braille, in order; first and last of each range.</summary>
    private static readonly ushort[] NarrowRanges =
    [
        0x0020, 0x007E, 0x00A0, 0x00AC, 0x00AE, 0x02FF, 0x0386, 0x0386, 0x0388, 0x038A, 0x038E, 0x03A1, 0x03A3, 0x0482, 0x048A, 0x052F,
        0x1E00, 0x1EFF, 0x2010, 0x2027, 0x2030, 0x205E, 0x20A0, 0x20AC, 0x2190, 0x2193, 0x2200, 0x22FF, 0x2500, 0x25A9, 0x25AC, 0x25B5,
        0x25B8, 0x25BF, 0x25C2, 0x25FA, 0x2800, 0x28FF,
    ];

    /// <summary>Two columns for every reader: kana, unified ideographs, Hangul syllables, fullwidth forms.</summary>
    private static readonly ushort[] WideRanges = [0x3041, 0x3096, 0x30A1, 0x30FA, 0x4E00, 0x9FA5, 0xAC00, 0xD7A3, 0xFF01, 0xFF5E];

    public static bool IsNarrow(int codePoint) => codePoint is >= 0x20 and < 0x7F || Contains(NarrowRanges, codePoint);

    public static bool IsWide(int codePoint) => Contains(WideRanges, codePoint);

    private static bool Contains(ushort[] ranges, int codePoint)
    {
        for (int i = 0; i < ranges.Length && codePoint >= ranges[i]; i += 2)
        {
            if (codePoint <= ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }
}
