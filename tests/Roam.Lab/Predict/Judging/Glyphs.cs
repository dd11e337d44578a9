using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// Compares screens of different programs' emulators by what stands in their cells. A blank, a no-break space and the right half of a wide character are the same:
/// nothing is to be seen there that its neighbour does not show.
/// </summary>
internal static class Glyphs
{
    private const int NoBreakSpace = 0xA0;

    public static bool Same(Screen a, Screen b, int y, int x)
    {
        Cell mine = a.CellsAt(y)[x];
        Cell theirs = b.CellsAt(y)[x];
        return mine.IsGrapheme || theirs.IsGrapheme
            ? mine.IsGrapheme && theirs.IsGrapheme && a.Tables.Graphemes[mine.Content] == b.Tables.Graphemes[theirs.Content]
            : Plain(mine) == Plain(theirs);
    }

    /// <summary>The same text in the same rendition. An underline is no difference: a client may draw one under what it guesses.</summary>
    public static bool SameLook(Screen a, Screen b, int y, int x)
    {
        if (!Same(a, b, y, x))
        {
            return false;
        }

        bool isBlank = At(a, y, x).Length == 0;
        return Look(a.Tables.Styles[a.CellsAt(y)[x].Style], isBlank) == Look(b.Tables.Styles[b.CellsAt(y)[x].Style], isBlank);
    }

    /// <summary>The first cell in reading order whose glyph differs; null: none does.</summary>
    public static (int Row, int Column)? FirstDifference(Screen a, Screen b)
    {
        foreach ((int Row, int Column) place in Differences(a, b))
        {
            return place;
        }

        return null;
    }

    /// <summary>The first column of the row whose glyph differs; -1: none does.</summary>
    public static int FirstDifferenceInRow(Screen a, Screen b, int y)
    {
        for (int x = 0; x < Math.Min(a.Width, b.Width); x++)
        {
            if (!Same(a, b, y, x))
            {
                return x;
            }
        }

        return -1;
    }

    public static IEnumerable<(int Row, int Column)> Differences(Screen a, Screen b)
    {
        (int width, int height) = (Math.Min(a.Width, b.Width), Math.Min(a.Height, b.Height));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width && !ReferenceEquals(a.RowAt(y), b.RowAt(y)); x++)
            {
                if (!Same(a, b, y, x))
                {
                    yield return (y, x);
                }
            }
        }
    }

    /// <summary>The first cell whose glyph or rendition differs.</summary>
    public static (int Row, int Column)? FirstDifferentLook(Screen a, Screen b)
    {
        (int width, int height) = (Math.Min(a.Width, b.Width), Math.Min(a.Height, b.Height));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width && !ReferenceEquals(a.RowAt(y), b.RowAt(y)); x++)
            {
                if (!SameLook(a, b, y, x))
                {
                    return (y, x);
                }
            }
        }

        return null;
    }

    /// <summary>The glyph as text; "" for a blank.</summary>
    public static string At(Screen screen, int y, int x)
    {
        Cell cell = screen.CellsAt(y)[x];
        return cell.IsGrapheme ? screen.Tables.Graphemes[cell.Content] : Plain(cell) == ' ' ? "" : char.ConvertFromUtf32(cell.Content);
    }

    private static int Plain(Cell cell) => cell.IsSpacer || cell.Content is NoBreakSpace or 0 ? ' ' : cell.Content;

    /// <summary>What of a style can be seen; of a blank's only its background, which inverse video makes of the foreground.</summary>
    private static Style Look(Style style, bool isBlank)
    {
        bool isInverse = (style.Attributes & StyleAttributes.Inverse) != 0;
        return isBlank && !isInverse ? style.Erased : style with { UnderlineColor = Color.Default, Attributes = style.Attributes & ~StyleAttributes.UnderlineMask };
    }
}
