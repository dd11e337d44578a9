using System.Text;

namespace Roam.Terminal;

/// <summary>Zero-width characters join the character before the cursor; the cell then holds an interned grapheme of the same width.</summary>
public sealed partial class Emulator
{
    private void Join(int mark)
    {
        int column = LeadColumn();
        Span<char> text = stackalloc char[GraphemeTable.ClusterLengthMax];
        int length = CopyText(Screen.CellsAt(Screen.Cursor.Row)[column], text);
        if (length + 2 > text.Length)
        {
            return;
        }

        length += new Rune(mark).EncodeToUtf16(text[length..]);
        SetText(column, text[..length]);
    }

    /// <summary>Gives the cell in the cursor's row a new text, its width and attributes stay.</summary>
    private void SetText(int column, ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out Rune first, out int length);
        int index = 0;
        bool isSingle = length == text.Length;
        if (!isSingle && !Screen.Tables.Graphemes.TryIntern(text, out index)
            && !(TryCompact() && Screen.Tables.Graphemes.TryIntern(text, out index)))
        {
            return;
        }

        // A compaction renumbers styles and links: read the cell again.
        Row row = Screen.WritableRow(Screen.Cursor.Row);
        Cell cell = row.Cells[column];
        ulong attributes = Cell.Attributes(cell.Style, cell.Link, cell.IsProtected);
        row.Cells[column] = isSingle ? Cell.Of(first.Value, cell.Width, attributes) : Cell.OfGrapheme(index, cell.Width, attributes);
        row.Occupied = (ushort)Math.Max(row.Occupied, column + cell.Width);
    }

    /// <summary>The cell that marks join: a wide character's left half.</summary>
    private int LeadColumn()
    {
        int column = JoinColumn();
        return Screen.CellsAt(Screen.Cursor.Row)[column].IsSpacer ? column - 1 : column;
    }

    /// <summary>The character left of the cursor, or under it if the cursor could not advance. At the left edge the first cell takes the mark, so that nothing is lost.</summary>
    private int JoinColumn()
    {
        Cursor cursor = Screen.Cursor;
        if ((cursor.Row, cursor.Column) == (_lastWritten.Row, _lastWritten.CursorColumn) && (cursor.Column == Screen.Width - 1 || cursor.Column == Screen.MarginRight))
        {
            return Math.Min(_lastWritten.Column, cursor.Column);
        }

        return cursor.PendingWrap ? cursor.Column : Math.Max(0, cursor.Column - 1);
    }

    private int CopyText(Cell cell, Span<char> text)
    {
        if (cell.IsGrapheme)
        {
            string known = Screen.Tables.Graphemes[cell.Content];
            known.CopyTo(text);
            return known.Length;
        }

        return new Rune(cell.Content).EncodeToUtf16(text);
    }
}
