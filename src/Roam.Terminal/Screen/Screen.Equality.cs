using System.Runtime.InteropServices;

namespace Roam.Terminal;

/// <summary>Comparing pictures, and the full self-check that tests and the simulator run.</summary>
public sealed partial class Screen
{
    private const ulong HashPrime = 0x9E3779B97F4A7C15;

    /// <summary>Hash of a row's cells, kept until the row is written. Ids are hashed as they are: comparable between screens with the same <see cref="Tables"/> only.</summary>
    public ulong RowHash(int y)
    {
        Row row = _rows[y];
        if (row.Hash == 0)
        {
            row.Hash = HashOf(row.Cells);
        }

        return row.Hash;
    }

    private static ulong HashOf(ReadOnlySpan<Cell> cells)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<Cell, ulong>(cells);
        ulong a = HashPrime;
        ulong b = ~HashPrime;
        int i = 0;
        for (; i + 1 < words.Length; i += 2)
        {
            a = (ulong.RotateLeft(a, 29) ^ words[i]) * HashPrime;
            b = (ulong.RotateLeft(b, 31) ^ words[i + 1]) * HashPrime;
        }

        if (i < words.Length)
        {
            a = (ulong.RotateLeft(a, 29) ^ words[i]) * HashPrime;
        }

        ulong hash = (a ^ ulong.RotateLeft(b, 17)) * HashPrime;
        hash ^= hash >> 32;
        return hash == 0 ? 1 : hash;
    }

    /// <summary>
    /// The same picture: size, cells as they are drawn (no protection), cursor place and visibility, modes, titles, bells, clipboard, and the pen, which a diff starts from:
    /// screens that are equal may stand for each other as its base. Not margins or pending wrap, which no diff relies on.
    /// </summary>
    /// <param name="other">The other screen.</param>
    /// <param name="extras">Hyperlinks and <see cref="Extras"/> count too, and in them the clipboard: for a reader that is told of them.</param>
    public bool ContentEquals(Screen other, bool extras = false)
    {
        if (Width != other.Width || Height != other.Height || Cursor.Row != other.Cursor.Row || Cursor.Column != other.Cursor.Column
            || Cursor.Shape != other.Cursor.Shape || Pen != other.Pen || Modes != other.Modes || BellCount != other.BellCount
            || Title != other.Title || IconName != other.IconName || !(extras ? Extras.Equals(other.Extras) : SameClipboard(other)))
        {
            return false;
        }

        for (int y = 0; y < Height; y++)
        {
            if (!RowEquals(y, other, y, extras))
            {
                return false;
            }
        }

        return true;
    }

    private bool SameClipboard(Screen other) => ClipboardCount == other.ClipboardCount && Clipboard == other.Clipboard;

    /// <summary>Whether row y here shows the same as row otherY there, also across different tables.</summary>
    public bool RowEquals(int y, Screen other, int otherY, bool links = false)
    {
        Row mine = _rows[y];
        Row theirs = other._rows[otherY];
        if (ReferenceEquals(mine, theirs))
        {
            return true;
        }

        return mine.Cells.Length == theirs.Cells.Length
            && new CellComparison(Tables, other.Tables, links).First(mine.Cells, theirs.Cells, 0) == mine.Cells.Length;
    }

    /// <summary>Throws if anything that must always hold does not. For tests, fuzzing and the simulator: costs a walk over all cells.</summary>
    public void CheckIntegrity()
    {
        Check(!_released, "used after release");
        Check(_rows.Count == Height && Width is > 0 and <= SideMax && Height is > 0 and <= SideMax, "size");
        Check(Cursor.Row >= 0 && Cursor.Row < Height && Cursor.Column >= 0 && Cursor.Column < Width, "cursor outside");
        Check(!Cursor.PendingWrap || Cursor.Column == Width - 1 || Cursor.Column == MarginRight, "pending wrap away from the margin");
        Check(MarginTop >= 0 && MarginTop <= MarginBottom && MarginBottom < Height, "margins");
        Check(MarginLeft >= 0 && MarginLeft <= MarginRight && MarginRight < Width, "left and right margins");
        for (int y = 0; y < Height; y++)
        {
            Row row = _rows[y];
            Check(row.References > 0, "a row without references is in use");
            Check(row.Cells.Length == Width && row.Occupied <= Width, "row width");
            Check(row.Hash == 0 || row.Hash == HashOf(row.Cells), "stale row hash");
            Check(!row.Cells.AsSpan(row.Extent).ContainsAnyExcept(Cell.Blank(0)), "not blank beyond its extent");
            CheckCells(row.Cells);
        }
    }

    private void CheckCells(ReadOnlySpan<Cell> cells)
    {
        for (int x = 0; x < cells.Length; x++)
        {
            Cell cell = cells[x];
            Check(cell.Width <= 2, "width");
            Check(!cell.IsWide || (x + 1 < cells.Length && cells[x + 1].IsSpacer), "a wide character without its right half");
            Check(!cell.IsSpacer || (x > 0 && cells[x - 1].IsWide), "a right half without its wide character");
            Check(!cell.IsSpacer || (cell.Content == 0 && !cell.IsGrapheme), "a right half with contents");
            Check(cell.Style < Tables.Styles.Count && cell.Link < Tables.Links.Count, "style or link id outside its table");
            Check(cell.IsGrapheme ? cell.Content < Tables.Graphemes.Count : cell.IsSpacer || cell.Content >= ' ', "contents");
        }
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException("Screen integrity: " + what);
        }
    }
}
