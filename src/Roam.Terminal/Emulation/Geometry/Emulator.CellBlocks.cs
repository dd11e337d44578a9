namespace Roam.Terminal;

/// <summary>Moving blocks of cells: scrolling between left and right margins, whole columns, DECCRA. Wide characters that an edge cuts become blanks.</summary>
public sealed partial class Emulator
{
    /// <summary>One line of cells on its way, so that source and target may overlap. As long as the widest screen was.</summary>
    private Cell[] _lineInHand = [];

    /// <summary>Between left and right margins lines move up or down cell by cell, from a row to the bottom margin.</summary>
    private void ShiftLines(int top, int count, bool up)
    {
        // First of all: it may renumber the styles of all cells.
        EraseStyle();
        Rectangle area = new(top, Screen.MarginLeft, Screen.MarginBottom, Screen.MarginRight);
        count = Math.Min(count, area.Height);
        Rectangle source = up ? area with { Top = top + count } : area with { Bottom = area.Bottom - count };
        Rectangle left = up ? area with { Top = area.Bottom - count + 1 } : area with { Bottom = top + count - 1 };
        CopyCells(source, up ? top : top + count, area.Left, wholeLines: true);
        EraseRectangle(left);
        for (int y = left.Top; y <= left.Bottom; y++)
        {
            Screen.RowAt(y).Wrapped = false;
        }
    }

    /// <summary>Source and target lie on the screen and may overlap. Lines between margins take along whether they were wrapped.</summary>
    private void CopyCells(Rectangle source, int toRow, int toColumn, bool wholeLines)
    {
        if (_lineInHand.Length < source.Width)
        {
            _lineInHand = new Cell[Screen.Width];
        }

        Span<Cell> line = _lineInHand.AsSpan(0, source.Width);
        bool lastFirst = toRow > source.Top;
        for (int i = 0; i < source.Height; i++)
        {
            int offset = lastFirst ? source.Height - 1 - i : i;
            Row from = Screen.RowAt(source.Top + offset);
            from.Cells.AsSpan(source.Left, source.Width).CopyTo(line);
            int written = Math.Clamp(from.Occupied - source.Left, 0, source.Width);
            bool wrapped = from.Wrapped;
            BlankCutHalves(line);
            Row to = Screen.WritableRow(toRow + offset);
            SplitWide(to.Cells, toColumn);
            SplitWide(to.Cells, toColumn + line.Length);
            line.CopyTo(to.Cells.AsSpan(toColumn));
            to.Occupied = (ushort)Math.Max((int)to.Occupied, written == 0 ? 0 : toColumn + written);
            to.Wrapped = wholeLines ? wrapped : to.Wrapped;
        }
    }

    private static void BlankCutHalves(Span<Cell> line)
    {
        if (line[0].IsSpacer)
        {
            line[0] = Cell.Blank(line[0].Style);
        }

        if (line[^1].IsWide)
        {
            line[^1] = Cell.Blank(line[^1].Style);
        }
    }

    private void EraseRectangle(Rectangle area)
    {
        for (int y = area.Top; y <= area.Bottom; y++)
        {
            EraseInRow(y, area.Left, area.Right + 1);
        }
    }

    /// <summary>The rows between the margins move sideways, from a column to the right margin (SL, SR, DECIC, DECDC).</summary>
    private void ShiftColumns(int column, int count, bool toTheRight)
    {
        int limit = Screen.MarginRight + 1;
        for (int y = Screen.MarginTop; y <= Screen.MarginBottom; y++)
        {
            Row row = Screen.WritableRow(y);
            if (toTheRight)
            {
                InsertCells(row, column, limit, count);
            }
            else
            {
                DeleteCells(row, column, limit, count);
            }
        }

        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>DECBI: left, or everything between the margins right if the cursor is at the left one.</summary>
    private void BackIndex()
    {
        if (Screen.Cursor.Column != Screen.MarginLeft)
        {
            MoveTo(Screen.Cursor.Row, Screen.Cursor.Column - 1);
        }
        else if (CursorInRows)
        {
            ShiftColumns(Screen.MarginLeft, 1, toTheRight: true);
        }
    }

    /// <summary>DECFI.</summary>
    private void ForwardIndex()
    {
        if (Screen.Cursor.Column != Screen.MarginRight)
        {
            MoveTo(Screen.Cursor.Row, Screen.Cursor.Column + 1);
        }
        else if (CursorInRows)
        {
            ShiftColumns(Screen.MarginLeft, 1, toTheRight: false);
        }
    }
}
