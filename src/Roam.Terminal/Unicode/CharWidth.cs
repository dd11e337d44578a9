using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Roam.Terminal;

/// <summary>
/// How many columns a code point takes: 0 joins the character before it, 1, or 2. Client and server carry the same table, so both ends agree;
/// unassigned code points count 1 (2 in the wide blocks). The table is in CharWidth.g.cs: page index by the upper bits, then 2 bits a code point.
/// </summary>
public static partial class CharWidth
{
    private const int CodePointMax = 0x10FFFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(int codePoint)
    {
        if ((uint)codePoint > CodePointMax)
        {
            return 1;
        }

        // The generated index has an entry for every page up to the last code point, and names pages that are there: no bounds to check.
        int page = Unsafe.Add(ref MemoryMarshal.GetReference(PageIndex), codePoint >> 8);
        int four = Unsafe.Add(ref MemoryMarshal.GetReference(Pages), (page << 6) | ((codePoint & 0xFF) >> 2));
        return (four >> ((codePoint & 3) * 2)) & 3;
    }
}
