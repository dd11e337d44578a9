namespace Roam.Terminal;

/// <summary>Erasing, inserting and deleting inside lines. Erased cells take the pen's background; all of these end a pending wrap (DEC STD 070).</summary>
public sealed partial class Emulator
{
    /// <summary>ED: 0 to the end, 1 from the beginning, 2 all, 3 what scrolled off (xterm).</summary>
    private void EraseInDisplay(int what)
    {
        int row = Screen.Cursor.Row;
        switch (what)
        {
            case 0:
                EraseInLine(0);
                EraseRows(row + 1, Screen.Height);
                break;
            case 1:
                EraseRows(0, row);
                EraseInLine(1);
                break;
            case 2:
                EraseRows(0, Screen.Height);
                break;
            case 3:
                _scrollback.Clear();
                break;
        }

        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>EL.</summary>
    private void EraseInLine(int what)
    {
        (int row, int column) = (Screen.Cursor.Row, Screen.Cursor.Column);
        switch (what)
        {
            case 0:
                EraseInRow(row, column, Screen.Width);
                break;
            case 1:
                EraseInRow(row, 0, column + 1);
                break;
            case 2:
                EraseRows(row, row + 1);
                break;
        }

        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>ECH.</summary>
    private void EraseCharacters(int count)
    {
        int column = Screen.Cursor.Column;
        EraseInRow(Screen.Cursor.Row, column, Math.Min(column + count, Screen.Width));
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

    /// <summary>ICH.</summary>
    private void InsertCharacters(int count)
    {
        InsertCells(Screen.WritableRow(Screen.Cursor.Row), Screen.Cursor.Column, count);
        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>DCH.</summary>
    private void DeleteCharacters(int count)
    {
        DeleteCells(Screen.WritableRow(Screen.Cursor.Row), Screen.Cursor.Column, count);
        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>Shifts the row's tail right from the column; what passes the edge is lost, half of a wide character is blanked.</summary>
    private void InsertCells(Row row, int column, int count)
    {
        ushort style = EraseStyle();
        Span<Cell> cells = row.Cells;
        count = Math.Min(count, cells.Length - column);
        SplitWide(cells, column);
        SplitWide(cells, cells.Length - count);
        cells[column..^count].CopyTo(cells[(column + count)..]);
        cells.Slice(column, count).Fill(Cell.Blank(style));
        row.Occupied = (ushort)Math.Min(cells.Length, row.Occupied > column ? row.Occupied + count : row.Occupied);
    }

    private void DeleteCells(Row row, int column, int count)
    {
        ushort style = EraseStyle();
        Span<Cell> cells = row.Cells;
        count = Math.Min(count, cells.Length - column);
        SplitWide(cells, column);
        SplitWide(cells, column + count);
        cells[(column + count)..].CopyTo(cells[column..]);
        cells[^count..].Fill(Cell.Blank(style));
        row.Occupied = (ushort)Math.Max(Math.Min(column, (int)row.Occupied), row.Occupied - count);
        row.Wrapped = false;
    }

    /// <summary>DECALN: the screen full of E, margins and cursor as after power-on.</summary>
    private void AlignmentPattern()
    {
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
