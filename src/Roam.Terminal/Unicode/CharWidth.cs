namespace Roam.Terminal;

/// <summary>
/// How many columns a code point takes: 0 joins the character before it, 1, or 2. Client and server carry the same table, so both ends agree;
/// unassigned code points count 1 (2 in the wide blocks). The table is in CharWidth.g.cs: page index by the upper bits, then 2 bits a code point.
/// </summary>
public static partial class CharWidth
{
    private const int CodePointMax = 0x10FFFF;

    public static int Of(int codePoint)
    {
        if ((uint)codePoint > CodePointMax)
        {
            return 1;
        }

        int page = PageIndex[codePoint >> 8];
        return (Pages[(page << 6) | ((codePoint & 0xFF) >> 2)] >> ((codePoint & 3) * 2)) & 3;
    }
}
