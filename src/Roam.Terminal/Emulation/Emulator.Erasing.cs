namespace Roam.Terminal;

/// <summary>Erasing, inserting and deleting inside lines. Erased cells take the pen's background; all of these end a pending wrap (DEC STD 070).</summary>
public sealed partial class Emulator
{
    /// <summary>ED: 0 to the end, 1 from the beginning, 2 all, 3 what scrolled off (xterm).</summary>
    private void EraseInDisplay(int what, bool selective)
    {
        int row = Screen.Cursor.Row;
        switch (what)
        {
            case 0:
                EraseInLine(0, selective);
                EraseLines(row + 1, Screen.Height, selective);
                break;
            case 1:
                EraseLines(0, row, selective);
                EraseInLine(1, selective);
                break;
            case 2:
                EraseLines(0, Screen.Height, selective);
                break;
            case 3:
                History?.Clear();
                break;
        }

        Screen.Cursor.PendingWrap = false;
    }

    private void EraseLines(int from, int to, bool selective)
    {
        for (int y = from; y < to; y++)
        {
            EraseSpan(y, 0, Screen.Width, selective);
        }
    }

    /// <summary>EL.</summary>
    private void EraseInLine(int what, bool selective)
    {
        (int row, int column) = (Screen.Cursor.Row, Screen.Cursor.Column);
        switch (what)
        {
            case 0:
                EraseSpan(row, column, Screen.Width, selective);
                break;
            case 1:
                EraseSpan(row, 0, column + 1, selective);
                break;
            case 2:
                EraseSpan(row, 0, Screen.Width, selective);
                break;
        }

        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>ECH.</summary>
    private void EraseCharacters(int count)
    {
        int column = Screen.Cursor.Column;
        EraseSpan(Screen.Cursor.Row, column, Math.Min(column + count, Screen.Width), selective: false);
        Screen.Cursor.PendingWrap = false;
    }

    private void EraseRows(int from, int to)
    {
        ushort style = EraseStyle();
        for (int y = from; y < to; y++)
        {
            Screen.BlankRow(y, style);
        }
    }

    private void EraseInRow(int y, int from, int to)
    {
        if (from == 0 && to == Screen.Width)
        {
            EraseRows(y, y + 1);
            return;
        }

        ushort style = EraseStyle();
        Row row = Screen.WritableRow(y);
        Span<Cell> cells = row.Cells;
        SplitWide(cells, from);
        SplitWide(cells, to);
        cells[from..to].Fill(Cell.Blank(style));
        if (to == cells.Length)
        {
            row.Occupied = (ushort)Math.Min((int)row.Occupied, from);
            row.Wrapped = false;
        }
    }

    /// <summary>ICH: between left and right margin only.</summary>
    private void InsertCharacters(int count)
    {
        if (CursorInColumns)
        {
            InsertCells(Screen.WritableRow(Screen.Cursor.Row), Screen.Cursor.Column, Screen.MarginRight + 1, count);
        }

        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>DCH: between left and right margin only.</summary>
    private void DeleteCharacters(int count)
    {
        if (CursorInColumns)
        {
            DeleteCells(Screen.WritableRow(Screen.Cursor.Row), Screen.Cursor.Column, Screen.MarginRight + 1, count);
        }

        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>Shifts the cells from the column to the limit right; what passes the limit is lost, half of a wide character is blanked.</summary>
    private void InsertCells(Row row, int column, int limit, int count)
    {
        ushort style = EraseStyle();
        Span<Cell> cells = row.Cells;
        SplitWide(cells, column);
        SplitWide(cells, limit);
        cells = cells[..limit];
        count = Math.Min(count, limit - column);
        SplitWide(cells, limit - count);
        cells[column..^count].CopyTo(cells[(column + count)..]);
        cells.Slice(column, count).Fill(Cell.Blank(style));
        if (row.Occupied > column && row.Occupied < limit)
        {
            row.Occupied = (ushort)Math.Min(limit, row.Occupied + count);
        }
    }

    private void DeleteCells(Row row, int column, int limit, int count)
    {
        ushort style = EraseStyle();
        Span<Cell> cells = row.Cells;
        SplitWide(cells, column);
        SplitWide(cells, limit);
        cells = cells[..limit];
        count = Math.Min(count, limit - column);
        SplitWide(cells, column + count);
        cells[(column + count)..].CopyTo(cells[column..]);
        cells[^count..].Fill(Cell.Blank(style));
        if (row.Occupied <= limit)
        {
            row.Occupied = (ushort)Math.Max(Math.Min(column, (int)row.Occupied), row.Occupied - count);
        }

        row.Wrapped = false;
    }

    /// <summary>DECALN: the screen full of E, margins, origin mode and cursor as after power-on.</summary>
    private void AlignmentPattern()
    {
        _modes.Origin = false;
        ResetMargins();
        MoveTo(0, 0);
        for (int y = 0; y < Screen.Height; y++)
        {
            Screen.BlankRow(y, 0);
            Row row = Screen.WritableRow(y);
            row.Cells.AsSpan().Fill(Cell.Of('E', 1, 0));
            row.Occupied = (ushort)Screen.Width;
        }
    }
}
