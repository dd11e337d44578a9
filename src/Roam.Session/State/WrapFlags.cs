using Roam.Terminal;

namespace Roam.Session;

/// <summary>The wrap flags of a picture's rows as a bitmap: bit y % 8 of byte y / 8.</summary>
internal static class WrapFlags
{
    /// <summary>A bitmap of the largest screen.</summary>
    public const int BytesMax = Screen.SideMax / 8;

    /// <summary>Returns the number of bytes up to the last flag that is set; what is behind is zero.</summary>
    public static int Read(Screen screen, Span<byte> bitmap)
    {
        bitmap.Clear();
        int length = 0;
        for (int y = 0; y < screen.Height; y++)
        {
            if (screen.RowAt(y).Wrapped)
            {
                bitmap[y >> 3] |= (byte)(1 << (y & 7));
                length = (y >> 3) + 1;
            }
        }

        return length;
    }

    public static void Write(Screen screen, ReadOnlySpan<byte> bitmap)
    {
        for (int y = 0; y < screen.Height; y++)
        {
            bool isWrapped = y >> 3 < bitmap.Length && (bitmap[y >> 3] & (1 << (y & 7))) != 0;
            if (screen.RowAt(y).Wrapped != isWrapped)
            {
                screen.WritableRow(y).Wrapped = isWrapped;
            }
        }
    }

    /// <summary>Both of the same height.</summary>
    public static bool AreSame(Screen a, Screen b)
    {
        for (int y = 0; y < a.Height; y++)
        {
            if (a.RowAt(y).Wrapped != b.RowAt(y).Wrapped)
            {
                return false;
            }
        }

        return true;
    }
}
