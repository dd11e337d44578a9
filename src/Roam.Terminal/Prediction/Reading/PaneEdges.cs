namespace Roam.Terminal;

/// <summary>The lines that programs draw between panes.</summary>
internal static class PaneEdges
{
    /// <summary>First column of the pane that a cell is in.</summary>
    public static int LeftOf(Screen screen, int row, int column)
    {
        for (int x = Math.Min(column, screen.Width) - 1; x >= 0; x--)
        {
            if (IsEdge(screen, row, x))
            {
                return x + 1;
            }
        }

        return 0;
    }

    /// <summary>The column behind the last one of the pane.</summary>
    public static int RightOf(Screen screen, int row, int column)
    {
        for (int x = column; x < screen.Width; x++)
        {
            if (IsEdge(screen, row, x))
            {
                return x;
            }
        }

        return screen.Width;
    }

    /// <summary>The last row of the screen, or of a pane above a status line or a border.</summary>
    public static bool IsBottom(Screen screen, int row) => row == screen.Height - 1 || IsBar(screen, row + 1);

    /// <summary>First row of the pane.</summary>
    public static int TopOf(Screen screen, int row)
    {
        while (row > 0 && !IsBar(screen, row - 1))
        {
            row--;
        }

        return row;
    }

    /// <summary>A status line of one colour, or a line drawn across.</summary>
    private static bool IsBar(Screen screen, int row)
    {
        ReadOnlySpan<Cell> cells = screen.CellsAt(row);
        Color background = screen.Tables.Styles[cells[0].Style].Background;
        bool isInverse = (screen.Tables.Styles[cells[0].Style].Attributes & StyleAttributes.Inverse) != 0;
        bool isLine = true;
        bool isColoured = background != Color.Default || isInverse;
        foreach (Cell cell in cells)
        {
            isLine &= cell.Content is '─' or '━' or '┬' or '┴' or '┼';
            Style style = screen.Tables.Styles[cell.Style];
            isColoured &= style.Background != Color.Default || (style.Attributes & StyleAttributes.Inverse) != 0;
        }

        return isLine || isColoured;
    }

    public static bool IsEdge(Screen screen, int row, int x)
    {
        Cell cell = screen.CellsAt(row)[x];
        if (cell.IsGrapheme)
        {
            return false;
        }

        return cell.Content switch
        {
            '│' or '┃' or '║' or '▌' or '▐' => true,
            // A pipe of a shell has none above and below it.
            '|' => Holds(screen, row - 1, x, '|') && Holds(screen, row + 1, x, '|'),
            _ => false,
        };
    }

    private static bool Holds(Screen screen, int row, int x, int content) => row < 0 || row >= screen.Height || screen.CellsAt(row)[x].Content == content;
}
