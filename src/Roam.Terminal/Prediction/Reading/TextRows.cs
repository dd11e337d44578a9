namespace Roam.Terminal;

/// <summary>Moves a cursor over the text on the screen as an editor does. Where the text goes on beyond the screen, or tabs are likely, it cannot be said.</summary>
/// <param name="screen">The screen.</param>
/// <param name="left">First column of the pane.</param>
/// <param name="right">Behind the last column of the pane.</param>
/// <param name="standsOnLast">vi's normal mode: the cursor never stands behind the last character.</param>
/// <param name="typedRow">The row that the cursor is on ...</param>
/// <param name="typedCells">... and what it is expected to hold by now.</param>
internal readonly ref struct TextRows(Screen screen, int left, int right, bool standsOnLast, int typedRow, ReadOnlySpan<Cell> typedCells)
{
    private readonly Screen _screen = screen;
    private readonly ReadOnlySpan<Cell> _typedCells = typedCells;

    private ReadOnlySpan<Cell> CellsAt(int row) => row == typedRow ? _typedCells : _screen.CellsAt(row);

    /// <summary>Null: unknown. The goal is the column that vertical motions strive for.</summary>
    public (int Row, int Column)? Move(Motion motion, int row, int column, int goal)
    {
        int end = EndOf(row);
        int last = standsOnLast ? OnLast(row, end) : end;
        switch (motion)
        {
            case Motion.Left:
                return column > left ? (row, Before(row, column)) : null;
            case Motion.Right:
                return column < last ? (row, After(row, column)) : null;
            case Motion.LineStart:
                // In a form the field may begin behind a blank; in an indented line some go to its first glyph.
                return standsOnLast || FirstGlyph(row) == left ? (row, left) : null;
            case Motion.FirstGlyph:
                return (row, FirstGlyph(row));
            case Motion.LineEnd:
                return end < right ? (row, last) : null;
            case Motion.Up:
                return row > 0 ? Vertical(row - 1, goal) : null;
            case Motion.Down:
                return Vertical(row + 1, goal);
            case Motion.NextWord:
                return NextWord(row, column, end);
            case Motion.PreviousWord:
                return PreviousWord(row, column);
            case Motion.WordEnd:
                return WordEnd(row, column, end);
            case Motion.ForwardWord:
                return ForwardWord(row, column, end);
            case Motion.BackwardWord:
                return BackwardWord(row, column);
            default:
                return null;
        }
    }

    private (int, int)? ForwardWord(int row, int column, int end)
    {
        ReadOnlySpan<Cell> cells = CellsAt(row);
        int x = column;
        while (x < end && !IsAlphanumeric(cells[x]))
        {
            x++;
        }

        if (x == end)
        {
            return null;
        }

        while (x < end && IsAlphanumeric(cells[x]))
        {
            x++;
        }

        return (row, x);
    }

    private (int, int)? BackwardWord(int row, int column)
    {
        ReadOnlySpan<Cell> cells = CellsAt(row);
        int x = column;
        while (x > left && !IsAlphanumeric(cells[x - 1]))
        {
            x--;
        }

        int wordEnd = x;
        while (x > left && IsAlphanumeric(cells[x - 1]))
        {
            x--;
        }

        return x < wordEnd ? (row, x) : null;
    }

    private static bool IsAlphanumeric(Cell cell) => KindOf(cell) == 1 && cell.Content != '_';

    private (int, int)? Vertical(int row, int goal)
    {
        if (row >= _screen.Height - 1)
        {
            return null;
        }

        int end = EndOf(row);
        int column = Math.Min(goal, Math.Max(left, standsOnLast ? end - 1 : end));
        if (column > left && column < FirstGlyph(row))
        {
            // Within an indent: a tab may make the cursor jump.
            return null;
        }

        Cell cell = CellsAt(row)[Math.Min(column, _screen.Width - 1)];
        return cell.IsSpacer ? (row, column - 1) : (row, column);
    }

    /// <summary>Behind the last glyph of the row.</summary>
    public int EndOf(int row)
    {
        ReadOnlySpan<Cell> cells = CellsAt(row);
        int end = right;
        while (end > left && (CellGuess.IsBlank(cells[end - 1]) || (end - left >= 2 && FormField.BeginsAt(cells, end - 2))))
        {
            end--;
        }

        return end;
    }

    private int OnLast(int row, int end)
    {
        int last = Math.Max(left, end - 1);
        return last > left && CellsAt(row)[last].IsSpacer ? last - 1 : last;
    }

    private int FirstGlyph(int row)
    {
        ReadOnlySpan<Cell> cells = CellsAt(row);
        int x = left;
        while (x < right - 1 && CellGuess.IsBlank(cells[x]))
        {
            x++;
        }

        return x == right - 1 ? left : x;
    }

    private int Before(int row, int column) => column >= left + 2 && CellsAt(row)[column - 1].IsSpacer ? column - 2 : column - 1;

    private int After(int row, int column) => CellsAt(row)[column].IsWide ? column + 2 : column + 1;

    private (int, int)? NextWord(int row, int column, int end)
    {
        ReadOnlySpan<Cell> cells = CellsAt(row);
        int x = column;
        int kind = KindOf(cells[x]);
        while (x < end && kind != 0 && KindOf(cells[x]) == kind)
        {
            x++;
        }

        while (x < end && KindOf(cells[x]) == 0)
        {
            x++;
        }

        return x < end ? (row, x) : null;
    }

    private (int, int)? PreviousWord(int row, int column)
    {
        ReadOnlySpan<Cell> cells = CellsAt(row);
        int x = column - 1;
        while (x >= left && KindOf(cells[x]) == 0)
        {
            x--;
        }

        if (x < left)
        {
            return null;
        }

        int kind = KindOf(cells[x]);
        while (x > left && KindOf(cells[x - 1]) == kind)
        {
            x--;
        }

        return (row, x);
    }

    private (int, int)? WordEnd(int row, int column, int end)
    {
        ReadOnlySpan<Cell> cells = CellsAt(row);
        int x = column + 1;
        while (x < end && KindOf(cells[x]) == 0)
        {
            x++;
        }

        if (x >= end)
        {
            return null;
        }

        int kind = KindOf(cells[x]);
        while (x + 1 < end && KindOf(cells[x + 1]) == kind)
        {
            x++;
        }

        return (row, x);
    }

    /// <summary>vi's words: letters, digits and underscores; other signs; blanks between (POSIX, vi, "word").</summary>
    private static int KindOf(Cell cell)
    {
        if (CellGuess.IsBlank(cell))
        {
            return 0;
        }

        bool isWord = cell.IsGrapheme || cell.IsSpacer || cell.Content > char.MaxValue || cell.Content == '_' || char.IsLetterOrDigit((char)cell.Content);
        return isWord ? 1 : 2;
    }
}
